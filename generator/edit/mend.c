/* mend.c - a body and what moves in; the same body with its addresses mended out, each change judged by the compiler's own list of what it looked up. */
#include "edit/mend-int.h"

#include <string.h>

static void clear_mend (gpointer data)
{
	RnMend *mend = data;
	g_free (mend->file);
	g_free (mend->from);
	g_free (mend->to);
}

GArray *rn_mends_new (void)
{
	GArray *mends = g_array_new (FALSE, FALSE, sizeof (RnMend));
	g_array_set_clear_func (mends, clear_mend);
	return mends;
}

static void see (gpointer user, const char *address, guint32 line, guint32 col)
{
	RnMender *mender = user;
	Seen *seen = rn_arena_new0 (mender->arena, Seen);
	*seen = (Seen) { rn_arena_strndup (mender->arena, address, -1), line, col };
	g_ptr_array_add (mender->seen, seen);
}

RnMender *rn_mender_new (const RnMove *move, GArray *mends)
{
	RnMender *mender = g_new0 (RnMender, 1);
	const RnMarkdownOptions options = { .address = see, .address_user = mender };
	*mender = (RnMender) { .move = move, .mends = mends, .arena = rn_arena_new (0), .seen = g_ptr_array_new () };
	mender->markdown = rn_markdown_new (move->library, &options, NULL);
	return mender;
}

void rn_mender_free (RnMender *mender)
{
	rn_markdown_free (mender->markdown);
	g_ptr_array_unref (mender->seen);
	rn_arena_free (mender->arena);
	g_free (mender);
}

void rn_mend_note (RnMender *mender, const RnMend *mend)
{
	RnMend copy = *mend;
	copy.file = g_strdup (mend->file);
	copy.from = g_strdup (mend->from);
	copy.to = g_strdup (mend->to);
	g_array_append_val (mender->mends, copy);
}

gboolean rn_mend_rooted (const RnMender *mender, const char *address)
{
	const gsize colon = strcspn (address, ":/?#");
	g_autofree char *scheme = g_strndup (address, colon);
	return *address == '/' || (address[colon] == ':' && rn_value_get (rn_value_get (rn_library_site (mender->move->library)->config, "link_schemes"), scheme));
}

/* --- candidates: where an address that changes stands, so far as letters tell -------------------------------------------------- */

typedef struct { gsize at; const char *from, *to; gboolean alone, taken; } Candidate;   /* alone: its change may change several links */

typedef struct {
	RnMender *mender;
	const RnPage *page;
	const char *text;       /* the body as it was */
	gsize len;
	guint32 line;
	GPtrArray *before;      /* Seen, of the body as it was */
	GHashTable *respelt;    /* address -> new spelling, owned */
	GArray *candidates;
} Body;

static gboolean ends_address (const char *p, const char *end)
{
	return p >= end || strchr (")>]|\"' \t\r\n", *p);
}

static void find_spelling (Body *body, const char *from, const char *to, gboolean wiki)
{
	const gsize n = strlen (from);
	const char *end = body->text + body->len;
	for (const char *p = body->text; n && (p = memmem (p, (gsize) (end - p), from, n)); p += n) {
		const gboolean named = wiki ? p > body->text + 1 && p[-1] == '[' && p[-2] == '[' : p > body->text && strchr ("(<[\"'= \t\r\n:", p[-1]);
		if (!named || !ends_address (p + n, end))
			continue;
		const char *before = p - 1;
		while (before > body->text && strchr (" \t\r\n<", *before))
			before--;
		const Candidate candidate = { (gsize) (p - body->text), from, to, *before == ':', FALSE };
		g_array_append_val (body->candidates, candidate);
	}
}

static int by_offset (gconstpointer a, gconstpointer b)
{
	const Candidate *x = a, *y = b;
	return x->at < y->at ? -1 : x->at > y->at;
}

static void find_candidates (Body *body)
{
	GHashTableIter iter;
	gpointer from, to;
	for (g_hash_table_iter_init (&iter, body->respelt); g_hash_table_iter_next (&iter, &from, &to);) {
		find_spelling (body, from, to, FALSE);
		/* [[faq/patent]] is looked up as /faq/patent. */
		if (*(const char *) from == '/' && *(const char *) to == '/')
			find_spelling (body, (const char *) from + 1, (const char *) to + 1, TRUE);
	}
	g_array_sort (body->candidates, by_offset);
}

/* --- the judge --------------------------------------------------------------------------------------------------------------- */

/* The body with what is taken, and the candidates from FROM up to TO. */
static GString *write_body (const Body *body, guint from, guint to)
{
	GString *out = g_string_sized_new (body->len + 256);
	gsize at = 0;
	for (guint i = 0; i < body->candidates->len; i++) {
		const Candidate *candidate = &g_array_index (body->candidates, Candidate, i);
		if ((!candidate->taken && (i < from || i >= to)) || candidate->at < at)
			continue;
		g_string_append_len (out, body->text + at, (gssize) (candidate->at - at));
		g_string_append (out, candidate->to);
		at = candidate->at + strlen (candidate->from);
	}
	g_string_append_len (out, body->text + at, (gssize) (body->len - at));
	return out;
}

/* How many addresses are other ones than before, all of them as they shall be; -1: something else changed. */
static gint count_changes (const Body *body, guint from, guint to)
{
	RnMender *mender = body->mender;
	g_autoptr (GString) text = write_body (body, from, to);
	gint n = 0;
	g_ptr_array_set_size (mender->seen, 0);
	if (!rn_markdown_parse (mender->markdown, body->page, text->str, text->len, body->line) || mender->seen->len != body->before->len)
		return -1;
	for (guint i = 0; i < mender->seen->len; i++) {
		const Seen *now = mender->seen->pdata[i], *then = body->before->pdata[i];
		const char *wanted = g_hash_table_lookup (body->respelt, then->address);
		if (!strcmp (now->address, then->address))
			continue;
		if (!wanted || strcmp (now->address, wanted))
			return -1;
		n++;
	}
	return n;
}

static gboolean any_alone (const Body *body, guint from, guint to)
{
	for (guint i = from; i < to; i++)
		if (g_array_index (body->candidates, Candidate, i).alone)
			return TRUE;
	return FALSE;
}

/* Takes those of the candidates from FROM up to TO that are addresses; TAKEN addresses have changed by what is taken before. Returns how many have now. */
static gint take (Body *body, guint from, guint to, gint taken)
{
	if (from >= to)
		return taken;
	const gint n = count_changes (body, from, to), more = n - taken;
	const gboolean single = to - from == 1;
	if (n >= 0 && (single ? more > 0 : more == (gint) (to - from) && !any_alone (body, from, to))) {
		for (guint i = from; i < to; i++)
			g_array_index (body->candidates, Candidate, i).taken = TRUE;
		return n;
	}
	if (single || (n >= 0 && !more))
		return taken;
	const guint middle = from + (to - from) / 2;
	return take (body, middle, to, take (body, from, middle, taken));
}

/* --- a body ------------------------------------------------------------------------------------------------------------------- */

/* What the compiler looks up in TEXT, which lives in the mender's arena; NULL: it cannot be read. */
static GPtrArray *look_up (RnMender *mender, const RnPage *page, const char *text, gsize len, guint32 line)
{
	g_ptr_array_set_size (mender->seen, 0);
	if (!rn_markdown_parse (mender->markdown, page, text, len, line))
		return NULL;
	return g_ptr_array_copy (mender->seen, NULL, NULL);
}

/* The places, in the order of the text: mended are as many of each address as the compiler sees changed now. */
static void note_places (Body *body, const char *file)
{
	RnMender *mender = body->mender;
	g_autoptr (GHashTable) noted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	count_changes (body, 0, 0);
	for (guint i = 0; i < body->before->len && i < mender->seen->len; i++) {
		const Seen *then = body->before->pdata[i], *now = mender->seen->pdata[i];
		const char *to = g_hash_table_lookup (body->respelt, then->address);
		const gboolean ours = rn_move_concerns (mender->move, body->page, then->address, mender->arena);
		if (to && g_hash_table_add (noted, g_strdup_printf ("%u:%u:%s", then->line, then->col, then->address)))
			rn_mend_note (mender, &(RnMend) { (char *) file, then->line, MAX (then->col, 1), (char *) then->address,
			              strcmp (now->address, then->address) ? (char *) to : NULL, ours, TRUE });
	}
}

gboolean rn_mend_body (RnMender *mender, const RnPage *page, gboolean rooted, const char *file, GString *text, gsize at, guint32 line)
{
	rn_arena_reset (mender->arena);
	Body body = { .mender = mender, .page = page, .text = text->str + at, .len = text->len - at, .line = line };
	g_autoptr (GPtrArray) before = body.before = look_up (mender, page, body.text, body.len, line);
	if (!before)
		return FALSE;
	g_autoptr (GHashTable) respelt = body.respelt = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
	g_autoptr (GArray) candidates = body.candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
	for (guint i = 0; i < before->len; i++) {
		const Seen *seen = before->pdata[i];
		char *to = g_hash_table_contains (respelt, seen->address) || (rooted && !rn_mend_rooted (mender, seen->address)) ? NULL :
			rn_move_respell (mender->move, page, seen->address, mender->arena);
		if (to)
			g_hash_table_insert (respelt, (gpointer) seen->address, to);
	}
	find_candidates (&body);
	take (&body, 0, candidates->len, 0);
	note_places (&body, file);
	g_autoptr (GString) mended = write_body (&body, 0, 0);
	g_string_truncate (text, at);
	g_string_append_len (text, mended->str, (gssize) mended->len);
	return TRUE;
}
