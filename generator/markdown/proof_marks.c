/* proof_marks.c - a text as it is set in; quotation marks of another language, and hyphens that were meant for dashes, told. */
#include "markdown/proof-int.h"

#include <string.h>

/* Those that come in pairs and are typed for quotes; what also stands for an apostrophe is not among them. */
static const char *const marks[] = { "“", "”", "„", "‟", "«", "»" };

static gboolean is_own (const RnTypography *rules, const char *mark)
{
	for (guint i = 0; i < G_N_ELEMENTS (rules->open); i++)
		if (!g_strcmp0 (rules->open[i], mark) || !g_strcmp0 (rules->close[i], mark))
			return TRUE;
	return FALSE;
}

guint8 rn_proof_foreign_quotes (const RnLanguage *language)
{
	guint8 foreign = 0;
	for (guint i = 0; language->typography.open[0] && i < G_N_ELEMENTS (marks); i++)
		foreign |= (guint8) (!is_own (&language->typography, marks[i]) << i);
	return foreign;
}

/* The first one of a text: its pair is next to it, and more of them were typed by the same hand. */
static void read_quotes (RnProofing *proofing, const char *text, gsize len, guint32 line, RnPlace where)
{
	const char *first = NULL;
	guint which = 0;
	for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
		const char *found = proofing->rules->foreign_quotes >> i & 1 ? memmem (text, len, marks[i], strlen (marks[i])) : NULL;
		if (found && (!first || found < first))
			first = found, which = i;
	}
	if (first)
		rn_diagnose (proofing->proof->sink, RN_D_QUOTES_FOREIGN, line ? rn_proof_place (proofing, line, marks[which], strlen (marks[which])) : where, marks[which]);
}

static void read_hyphens (RnProofing *proofing, const char *text, gsize len, guint32 line, RnPlace where)
{
	const char *end = text + len;
	for (const char *p = text; (p = memmem (p, (gsize) (end - p), " -", 2)); p += 2) {
		const char *next = p + 2;
		if (next >= end || rn_proof_kind (proofing->proof, g_utf8_get_char (next)) < RN_PROOF_LETTER)
			continue;
		while (next < end && rn_proof_kind (proofing->proof, g_utf8_get_char (next)) >= RN_PROOF_LETTER)
			next = g_utf8_next_char (next);
		g_autofree char *shown = g_strndup (p + 1, (gsize) (next - p - 1));
		rn_diagnose (proofing->proof->sink, RN_D_DASH_GLUED, line ? rn_proof_place (proofing, line, shown, strlen (shown)) : where, shown);
	}
}

void rn_proof_marks (RnProofing *proofing, const char *text, gsize len, guint32 line, RnPlace where)
{
	if (proofing->rules->foreign_quotes && (memchr (text, 0xe2, len) || memchr (text, 0xc2, len)))
		read_quotes (proofing, text, len, line, where);
	if (proofing->rules->dashes && memchr (text, '-', len))
		read_hyphens (proofing, text, len, line, where);
}
