/* shards_head.c - i.js: what a reader must know before it can read the other files. */
#include "search/endings.h"
#include "search/script_rules.h"
#include "search/shards-int.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define KNOTS 9

static int by_number (gconstpointer left, gconstpointer right)
{
	const guint32 a = *(const guint32 *) left, b = *(const guint32 *) right;
	return a < b ? -1 : a > b;
}

static json_t *knots (const RnShard *shard, const RnGroup *group)
{
	json_t *list = json_array ();
	g_autofree guint32 *lengths = g_new (guint32, group->n);
	for (guint i = 0; i < group->n; i++)
		lengths[i] = shard->pages[group->first + i].page.tokens;
	qsort (lengths, group->n, sizeof *lengths, by_number);
	for (guint i = 0; i < KNOTS; i++) {
		guint at = (guint) ((2 * (guint64) i * (group->n - 1) + KNOTS - 1) / (2 * (KNOTS - 1)));
		json_array_append_new (list, json_integer (lengths[at]));
	}
	return list;
}

/* Sections are what readers choose from; where one holds several types, these stand behind its name. */
static void name_group (const RnShard *shard, const RnGroup *group, char **key, char **label)
{
	const RnSite *site = rn_library_site (shard->of->library);
	const RnLanguage *language = shard->tongue->language;
	const RnPage *page = rn_library_page (shard->of->library, language, group->section);
	const char *title = page ? page->title : group->section;
	guint types = 0;
	for (guint i = 0; i < shard->groups->len; i++)
		types += !strcmp (g_array_index (shard->groups, RnGroup, i).section, group->section);
	const char *type = group->type->label ? rn_site_text (site, group->type->label, language) : group->type->name;
	*key = types > 1 ? g_strconcat (group->section, "/", group->type->name, NULL) : g_strdup (group->section);
	*label = types > 1 ? g_strconcat (title, " \302\267 ", type ? type : group->type->name, NULL) : g_strdup (title);
}

static json_t *groups (const RnShard *shard)
{
	json_t *list = json_array ();
	for (guint i = 0; i < shard->groups->len; i++) {
		const RnGroup *group = &g_array_index (shard->groups, RnGroup, i);
		g_autofree char *key = NULL, *label = NULL;
		name_group (shard, group, &key, &label);
		json_array_append_new (list, json_pack ("{s:s, s:s, s:i, s:s%, s:o}", "s", key, "l", label, "n", (int) group->n,
		                                        "u", shard->pages[group->first].page.page->url, group->shared, "k", knots (shard, group)));
	}
	return list;
}

static json_t *worths (const RnShard *shard)
{
	json_t *list = json_array ();
	for (guint i = 0; i < shard->codebook.n; i++) {
		const RnWorth *worth = &shard->codebook.worths[i];
		json_array_append_new (list, json_pack ("[f, f]", worth->count, worth->bonus));
	}
	return list;
}

static json_t *joined (const GString *text)
{
	return json_stringn (text->str, text->len);
}

static json_t *head_of (const RnShard *shard, const char *hash)
{
	json_t *head = json_object ();
	g_autofree char *letters = g_utf16_to_utf8 (shard->letters, shard->n_letters, NULL, NULL, NULL);
	g_autoptr (GString) symbols = g_string_new (NULL);
	rn_symbols_list (shard->symbols, symbols);
	json_object_set_new (head, "v", json_integer (RN_SHARDS_VERSION));
	json_object_set_new (head, "h", json_string (hash));
	json_object_set_new (head, "n", json_integer (shard->n));
	json_object_set_new (head, "a", json_real (round (shard->tokens * 100) / 100));
	json_object_set_new (head, "g", groups (shard));
	json_object_set_new (head, "c", worths (shard));
	json_object_set_new (head, "w", json_string (letters));
	json_object_set_new (head, "y", joined (symbols));
	json_object_set_new (head, "b", json_integer (RN_SHARD_PAGES));
	for (guint i = 0; i < G_N_ELEMENTS (shard->series); i++)
		json_object_set_new (head, (const char[]) { shard->series[i].letter, '\0' }, joined (shard->series[i].begins));
	json_t *endings = rn_endings_learn (shard->tongue->rules, shard->tongue->json, shard->tongue->lexicon);
	json_object_set_new (head, "q", rn_script_rules (shard->tongue->rules, shard->tongue->json, endings));
	json_decref (endings);
	return head;
}

/* JSON may hold two separators that end a line of a script, as they are. */
static void append_script (GString *out, const char *json)
{
	for (const char *p = json; *p; p++) {
		if ((guchar) p[0] == 0xe2 && (guchar) p[1] == 0x80 && ((guchar) p[2] & 0xfe) == 0xa8) {
			g_string_append (out, (guchar) p[2] == 0xa8 ? "\\u2028" : "\\u2029");
			p += 2;
		} else {
			g_string_append_c (out, *p);
		}
	}
}

char *rn_shard_head (const RnShard *shard, const char *hash)
{
	json_t *head = head_of (shard, hash);
	GString *script = g_string_new ("rohnamo(\"i\",");
	char *json = json_dumps (head, JSON_COMPACT | JSON_REAL_PRECISION (9));
	append_script (script, json);
	g_string_append_c (script, ')');
	free (json);
	json_decref (head);
	return g_string_free (script, FALSE);
}
