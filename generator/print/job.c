/*
 * job.c - the job ticket as JSON.
 *
 * In: a made book, its sheets and its files. Out: the same bytes each time: keys sorted, no time but the edition's.
 */
#include "print/job-int.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#define DIGITS 8   /* of a number of millimetres */

static RnJobFacts folded (RnJobFacts facts, RnImposeScheme scheme, const RnImposition *imposition)
{
	/* What is more than a staple holds is gathered and glued, whatever the product hoped for. */
	facts.binding = scheme == RN_IMPOSE_SADDLE && imposition->signatures == 1 ? RN_STAPLED : RN_GLUED;
	facts.folding = imposition->signatures > 1 || scheme == RN_IMPOSE_PERFECT ? RN_FOLDED_SIGNATURES : RN_FOLDED_ONCE;
	facts.folds = facts.folding == RN_FOLDED_SIGNATURES ? imposition->signatures : 1;
	return facts;
}

RnJobFacts rn_job_facts (const RnBook *book, const RnProduct *product, const RnImposition *imposition)
{
	const RnImposeScheme scheme = product->impose.scheme;
	RnJobFacts facts = { .width = product->width, .height = product->height, .pages = book->sides->len, .up = 1, .two_sided = book->sides->len > 1 };
	for (guint i = 0; i < book->sides->len; i++) {
		const RnSide *side = book->sides->pdata[i];
		facts.width = i ? MAX (facts.width, side->width) : side->width;
		facts.height = i ? MAX (facts.height, side->height) : side->height;
		facts.blanks += side->blank ? 1 : 0;
	}
	if (imposition == NULL)
		return facts;
	facts.pages = imposition->pages;
	facts.blanks += imposition->blanks;
	facts.sheets = imposition->sheets;
	facts.two_sided = imposition->faces->len > 1;
	if (scheme == RN_IMPOSE_REPEAT)
		facts.up = MAX (g_array_index (imposition->faces, RnSheetFace, 0).n_sides, 1);
	facts.run = ((guint64) product->copies + facts.up - 1) / facts.up * facts.sheets;
	if (scheme == RN_IMPOSE_SADDLE || scheme == RN_IMPOSE_PERFECT)
		return folded (facts, scheme, imposition);
	facts.folds = scheme == RN_IMPOSE_SHEET ? product->impose.n_folds : 0;
	facts.folding = facts.folds ? RN_FOLDED_AT : RN_FLAT;
	return facts;
}

const char *rn_job_colours (const RnJobFacts *facts)
{
	return facts->two_sided ? "1/1 (K)" : "1/0 (K)";
}

void rn_job_hash (RnJobFile *file)
{
	g_autofree char *hex = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) file->bytes->str, file->bytes->len);
	g_strlcpy (file->sha256, hex, sizeof file->sha256);
}

const char *rn_job_sha256 (const RnJobFile *file, char hex[65])
{
	RnJobFile copy = *file;
	if (copy.sha256[0] == 0)
		rn_job_hash (&copy);
	memcpy (hex, copy.sha256, 65);
	return hex;
}

/* --- JSON ------------------------------------------------------------------------------------------------------------------------------- */

static json_t *millimetres (RnLength length)
{
	return json_real (round (RN_TO_MM (length) * 100) / 100);
}

static json_t *size (RnLength width, RnLength height)
{
	return json_pack ("{s:o, s:o}", "width", millimetres (width), "height", millimetres (height));
}

/* NULL and "" are null. */
static json_t *text (const char *value)
{
	return value && *value ? json_string (value) : json_null ();
}

static json_t *known (guint64 number)
{
	return number ? json_integer ((json_int_t) number) : json_null ();
}

static json_t *date_of (const RnBook *book)
{
	g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (book->time);
	g_autofree char *iso = book->time && date ? g_date_time_format (date, "%Y-%m-%d") : NULL;
	return text (iso);
}

static json_t *fold_places (const RnProduct *product, const RnJobFacts *facts)
{
	json_t *places = json_array ();
	for (guint i = 0; facts->folding == RN_FOLDED_AT && i < facts->folds; i++)
		json_array_append_new (places, millimetres (product->impose.folds[i]));
	if (facts->folding == RN_FOLDED_ONCE || facts->folding == RN_FOLDED_SIGNATURES)
		json_array_append_new (places, millimetres (facts->width));
	return places;
}

static void put_making (json_t *ticket, const RnProduct *product, const RnImposition *imposition, const RnJobFacts *facts)
{
	static const char *const bindings[] = { "none", "saddle stitch, 2 staples", "perfect" };
	static const char *const foldings[] = { "none", "once", "in signatures", "as marked" };
	json_object_set_new (ticket, "binding", json_string (bindings[facts->binding]));
	json_object_set_new (ticket, "folding", json_string (foldings[facts->folding]));
	json_object_set_new (ticket, "folds", fold_places (product, facts));
	json_object_set_new (ticket, "signatures", known (imposition ? imposition->signatures : 0));
	json_object_set_new (ticket, "creep", imposition ? millimetres (imposition->creep) : json_null ());
	json_object_set_new (ticket, "sheet", imposition ? size (imposition->width, imposition->height) : json_null ());
	json_object_set_new (ticket, "sheets", known (facts->sheets));
	json_object_set_new (ticket, "up", known (facts->sheets ? facts->up : 0));
	json_object_set_new (ticket, "run", known (facts->run));
}

static void put_paper (json_t *ticket, const RnPrintProfile *profile)
{
	json_object_set_new (ticket, "bleed", millimetres (profile->bleed));
	json_object_set_new (ticket, "paper", text (profile->paper));
	json_object_set_new (ticket, "paper_thickness", profile->paper_thickness > 0 ? json_real (profile->paper_thickness) : json_null ());
	json_object_set_new (ticket, "cover_paper", text (profile->cover_paper));
	json_object_set_new (ticket, "profile", text (profile->name));
	json_object_set_new (ticket, "standard", text (profile->x_version));
	json_object_set_new (ticket, "condition", text (profile->condition));
}

char *rn_job_json (const RnBook *book, const RnProduct *product, const RnLanguage *language, const RnImposition *imposition, const RnJobFile *files, guint n)
{
	RnJobFacts facts = rn_job_facts (book, product, imposition);
	json_t *ticket = json_object (), *list = json_array ();
	char hex[65];
	json_object_set_new (ticket, "product", text (product->name));
	json_object_set_new (ticket, "kind", text (product->kind));
	json_object_set_new (ticket, "title", text (book->title));
	json_object_set_new (ticket, "language", text (language->code));
	json_object_set_new (ticket, "edition", text (book->edition));
	json_object_set_new (ticket, "date", date_of (book));
	json_object_set_new (ticket, "copies", known (product->copies));
	json_object_set_new (ticket, "pages", json_integer (facts.pages));
	json_object_set_new (ticket, "blanks", json_integer (facts.blanks));
	json_object_set_new (ticket, "trim", size (facts.width, facts.height));
	json_object_set_new (ticket, "colours", json_string (rn_job_colours (&facts)));
	put_paper (ticket, &product->profile);
	put_making (ticket, product, imposition, &facts);
	for (guint i = 0; i < n; i++)
		json_array_append_new (list, json_pack ("{s:s, s:I, s:s}", "name", files[i].name, "bytes", (json_int_t) files[i].bytes->len, "sha256", rn_job_sha256 (&files[i], hex)));
	json_object_set_new (ticket, "files", list);
	g_autofree char *dumped = json_dumps (ticket, JSON_INDENT (2) | JSON_SORT_KEYS | JSON_REAL_PRECISION (DIGITS));
	json_decref (ticket);
	return g_strconcat (dumped, "\n", NULL);
}
