/* proof.c - a document's tree and the lines that it was parsed from, in; what is wrong with headings, tables and links, and all blocks of words, to their rules. */
#include "markdown/proof-int.h"

#include <string.h>

/* A short number of one country is called as it is. */
#define SHORT_NUMBER 6

/* --- places -------------------------------------------------------------------------------------------------------------------- */

const char *rn_proof_line (RnProofing *proofing, guint32 line, gsize *len)
{
	const char *p = proofing->start;
	if (line < proofing->line)
		return NULL;
	guint32 wanted = line - proofing->line;
	if (!p || wanted < proofing->known) {
		p = proofing->text;
		proofing->known = 0;
	}
	for (; proofing->known < wanted; proofing->known++) {
		p = memchr (p, '\n', (gsize) (proofing->end - p));
		if (!p) {
			proofing->start = NULL;
			return NULL;
		}
		p++;
	}
	proofing->start = p;
	const char *stop = memchr (p, '\n', (gsize) (proofing->end - p));
	*len = (gsize) ((stop ? stop : proofing->end) - p);
	return p;
}

RnPlace rn_proof_place (RnProofing *proofing, guint32 line, const char *what, gsize len)
{
	gsize bytes;
	guint32 col = 1;
	const char *text = rn_proof_line (proofing, line, &bytes), *found = text ? memmem (text, bytes, what, len) : NULL;
	if (found)
		col = (guint32) g_utf8_strlen (text, found - text) + 1;
	return rn_page_place (proofing->page, line, col);
}

/* --- headings, tables, links ------------------------------------------------------------------------------------------------------ */

static void read_heading (RnProofing *proofing, const RnNode *node)
{
	if (node->level > proofing->level + 1) {
		g_autofree char *is = g_strdup_printf ("%u", node->level), *was = g_strdup_printf ("%u", proofing->level);
		rn_diagnose (proofing->proof->sink, RN_D_HEADING_SKIPPED, rn_page_place (proofing->page, node->line, node->col), is, was);
	}
	proofing->level = node->level;
}

/* The cells that a line of a table has as it is written: bars part them, but for those behind a backslash and at the ends. */
static guint count_cells (const char *line, gsize len)
{
	guint bars = 0;
	const char *p = line, *end = line + len, *last = NULL;
	while (p < end && strchr (" \t>", *p))
		p++;
	const guint begins = p < end && *p == '|';
	for (; p < end; p++) {
		if (*p == '\\')
			p++;
		else if (*p == '|')
			bars++, last = p;
		else if (!g_ascii_isspace (*p))
			last = NULL;
	}
	return bars + 1 - begins - (last && bars > begins);
}

static void read_table (RnProofing *proofing, const RnNode *table)
{
	guint head = 0;
	gsize len;
	for (const RnNode *row = table->first; row; row = row->next) {
		const char *line = rn_proof_line (proofing, row->line, &len);
		const guint cells = line ? count_cells (line, len) : 0;
		head = head ? head : cells;
		if (!cells || cells == head)
			continue;
		g_autofree char *has = g_strdup_printf ("%u", cells), *wanted = g_strdup_printf ("%u", head);
		rn_diagnose (proofing->proof->sink, RN_D_TABLE_COLUMNS, rn_page_place (proofing->page, row->line, MAX (row->col, 1)), has, wanted, cells > head ? "lost" : "");
	}
}

/* "+" and 7 to 15 digits (E.164), or a short number. */
static gboolean is_callable (const char *number)
{
	const gsize digits = strspn (number + (*number == '+'), "0123456789");
	if (number[(*number == '+') + digits])
		return FALSE;
	return *number == '+' ? digits >= 7 && digits <= 15 && number[1] != '0' : digits && digits <= SHORT_NUMBER;
}

static void read_link (RnProofing *proofing, const RnNode *node)
{
	if (!(node->flags & RN_NODE_F_EXTERNAL) || g_ascii_strncasecmp (node->text, "tel:", 4) || is_callable (node->text + 4))
		return;
	rn_diagnose (proofing->proof->sink, RN_D_PHONE_FORM, rn_page_place (proofing->page, node->line, MAX (node->col, 1)), node->text + 4);
}

/* --- the walk ----------------------------------------------------------------------------------------------------------------------- */

/* Takes the text of NODE between two MARKs. */
static void take_words (RnProofing *proofing, const RnNode *node, const char *mark)
{
	const guint32 from[2] = { (guint32) proofing->words->len, node->line };
	g_array_append_vals (proofing->lines, from, 2);
	g_string_append (proofing->words, mark);
	g_string_append_len (proofing->words, node->text, node->len);
	g_string_append (proofing->words, mark);
}

static void read_inlines (RnProofing *proofing, const RnNode *node)
{
	for (; node; node = node->next) {
		switch (node->type) {
		case RN_NODE_TEXT:
			rn_proof_words (proofing, node->text, node->len, node->line, rn_page_place (proofing->page, 0, 0));
			rn_proof_marks (proofing, node->text, node->len, node->line, rn_page_place (proofing->page, 0, 0));
			take_words (proofing, node, "");
			break;
		case RN_NODE_CODE:
			/* A name has no capital by which the begin of a sentence is known: its marks say that it is one. */
			take_words (proofing, node, "`");
			break;
		case RN_NODE_SOFT_BREAK:
		case RN_NODE_LINE_BREAK:
			g_string_append_c (proofing->words, ' ');
			break;
		case RN_NODE_LINK:
			read_link (proofing, node);
			read_inlines (proofing, node->first);
			break;
		case RN_NODE_EMPHASIS:
		case RN_NODE_STRONG:
		case RN_NODE_STRIKE:
		case RN_NODE_ABBREVIATION:
			read_inlines (proofing, node->first);
			break;
		default:
			break;
		}
	}
}

static void read_block (RnProofing *proofing, const RnNode *node)
{
	g_string_truncate (proofing->words, 0);
	g_array_set_size (proofing->lines, 0);
	read_inlines (proofing, node->first);
	rn_proof_block (proofing);
}

static void read_blocks (RnProofing *proofing, const RnNode *node)
{
	for (; node; node = node->next) {
		switch (node->type) {
		case RN_NODE_HEADING:
			read_heading (proofing, node);
			read_block (proofing, node);
			break;
		case RN_NODE_PARAGRAPH:
		case RN_NODE_CELL:
		case RN_NODE_FIGURE:
			read_block (proofing, node);
			break;
		case RN_NODE_TABLE:
			read_table (proofing, node);
			read_blocks (proofing, node->first);
			break;
		case RN_NODE_LIST:
		case RN_NODE_ITEM:
		case RN_NODE_QUOTE:
		case RN_NODE_CALLOUT:
		case RN_NODE_ROW:
		case RN_NODE_FOOTNOTE:
			read_blocks (proofing, node->first);
			break;
		default:
			break;
		}
	}
}

/* What a reader sees of the front matter everywhere: its words alone. */
static void read_front (RnProofing *proofing)
{
	static const char *const names[] = { "title", "description" };
	for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
		const RnValue *value = rn_value_get (proofing->page->front, names[i]);
		const char *text = rn_value_string (value);
		if (text) {
			rn_proof_words (proofing, text, value->n, 0, rn_page_place (proofing->page, value->line, value->col));
			rn_proof_marks (proofing, text, value->n, 0, rn_page_place (proofing->page, value->line, value->col));
		}
	}
}

void rn_proof_page (const RnProof *proof, const RnPage *page, const RnDocument *document, const char *text, gsize len, guint32 line)
{
	if (page->fallback)
		return;
	RnProofing proofing = { .proof = proof, .rules = &proof->rules[page->language->index], .page = page, .text = text, .end = text + len, .line = line, .level = 1,
		.words = g_string_new (NULL), .lines = g_array_new (FALSE, FALSE, sizeof (guint32)) };
	read_front (&proofing);
	read_blocks (&proofing, document->root->first);
	g_string_free (proofing.words, TRUE);
	g_array_unref (proofing.lines);
}

/* --- the rules ---------------------------------------------------------------------------------------------------------------------- */

RnProof *rn_proof_new (const RnSite *site, RnDiagnostics *sink)
{
	RnProof *proof = g_new0 (RnProof, 1);
	proof->site = site;
	proof->sink = sink;
	rn_proof_kinds_make (proof);
	proof->rules = g_new0 (RnProofRules, site->n_languages);
	for (guint i = 0; i < site->n_languages; i++) {
		rn_proof_rules_read (&proof->rules[i], site, site->languages[i], sink);
		proof->rules[i].foreign_quotes = rn_proof_foreign_quotes (site->languages[i]);
		proof->rules[i].dashes = site->languages[i]->typography.dash != NULL;
	}
	return proof;
}

void rn_proof_free (RnProof *proof)
{
	if (!proof)
		return;
	for (guint i = 0; i < proof->site->n_languages; i++)
		rn_proof_rules_clear (&proof->rules[i]);
	g_free (proof->rules);
	g_free (proof);
}
