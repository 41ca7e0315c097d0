/* cms_config.c - types, their fields and the common ones in; Decap's config.yml out. Invariant: no text of the content can be more than a text of the YAML. */
#include "preview/cms.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

typedef struct {
	const RnLibrary *library;
	const RnSite *site;
	const RnCmsOptions *options;
	const RnLanguage *language;
	const RnValue *words, *common;
	GString *out;
} Config;

/* TEXT in quotes, as YAML and JSON both have them; NULL is an empty one. */
static void put (GString *out, const char *text)
{
	rn_text_json (out, text ? text : "", -1);
}

static void put_pair (Config *config, const char *name, const char *text)
{
	g_string_append_printf (config->out, ", %s: ", name);
	put (config->out, text);
}

static const char *text_of (const Config *config, const RnValue *value, const char *fallback)
{
	const char *text = rn_site_text (config->site, value, config->language);
	return text ? text : fallback;
}

static const char *word (const Config *config, const char *name)
{
	return text_of (config, rn_value_get (config->words, name), name);
}

/* --- fields ------------------------------------------------------------------------------------------------------------------- */

static void put_options (Config *config, const RnValue *values)
{
	g_string_append (config->out, ", options: [");
	for (guint i = 0; i < values->n; i++) {
		const char *key = values->kind == RN_MAP ? values->pairs[i].name : rn_value_string (values->items[i]);
		g_string_append (config->out, i ? ", {value: " : "{value: ");
		put (config->out, key);
		put_pair (config, "label", values->kind == RN_MAP ? text_of (config, values->pairs[i].value, key) : key);
		g_string_append_c (config->out, '}');
	}
	g_string_append_c (config->out, ']');
}

static void put_audiences (Config *config)
{
	g_string_append (config->out, ", widget: select, multiple: true, options: [");
	for (guint i = 0; i < config->site->n_audiences; i++) {
		const RnAudience *audience = &config->site->audiences[i];
		g_string_append (config->out, i ? ", {value: " : "{value: ");
		put (config->out, audience->key);
		put_pair (config, "label", text_of (config, audience->label, audience->key));
		g_string_append_c (config->out, '}');
	}
	g_string_append_c (config->out, ']');
}

/* A date as this program writes it, a day of the calendar and no moment. */
#define DATE_WIDGET ", widget: datetime, format: \"YYYY-MM-DD\", date_format: \"YYYY-MM-DD\", time_format: false, default: \"\""

static void put_number (Config *config, const RnField *field)
{
	char figures[G_ASCII_DTOSTR_BUF_SIZE];
	g_string_append (config->out, ", widget: number, value_type: float");
	if (!isnan (field->min))
		g_string_append_printf (config->out, ", min: %s", g_ascii_dtostr (figures, sizeof figures, field->min));
	if (!isnan (field->max))
		g_string_append_printf (config->out, ", max: %s", g_ascii_dtostr (figures, sizeof figures, field->max));
}

static void put_reference (Config *config, const RnField *field, gboolean many)
{
	if (!field->to || !rn_library_type (config->library, field->to)) {
		g_string_append (config->out, many ? ", widget: list" : ", widget: string");
		return;
	}
	g_string_append_printf (config->out, ", widget: relation, multiple: %s, collection: ", many ? "true" : "false");
	put (config->out, field->to);
	g_autofree char *value = g_strdup_printf ("%s/{{slug}}", field->to);
	put_pair (config, "value_field", value);
	g_string_append (config->out, ", search_fields: [title], display_fields: [title]");
}

static void put_widget (Config *config, const RnField *field, RnFieldType type, gboolean many)
{
	switch (type) {
	case RN_FIELD_ENUM:
		g_string_append_printf (config->out, ", widget: select, multiple: %s", many ? "true" : "false");
		put_options (config, field->values);
		return;
	case RN_FIELD_REFERENCE: put_reference (config, field, many); return;
	case RN_FIELD_LIST: put_widget (config, field, field->item, TRUE); return;
	default: break;
	}
	if (many)
		g_string_append_printf (config->out, ", widget: list, field: {name: %s, label: ", field->name), put (config->out, text_of (config, field->label, field->name));
	switch (type) {
	case RN_FIELD_MARKDOWN: g_string_append (config->out, ", widget: text"); break;
	case RN_FIELD_DATE: g_string_append (config->out, DATE_WIDGET); break;
	case RN_FIELD_NUMBER: put_number (config, field); break;
	case RN_FIELD_BOOLEAN: g_string_append (config->out, ", widget: boolean"); break;
	case RN_FIELD_IMAGE: g_string_append (config->out, ", widget: image"); break;
	default: g_string_append (config->out, ", widget: string"); break;
	}
	g_string_append (config->out, many ? "}" : "");
}

/* A value that the editor has no widget for, or that a plugin sets, stays out of its sight, and in the file. */
static gboolean is_edited (const RnField *field)
{
	const RnFieldType type = field->type == RN_FIELD_LIST ? field->item : field->type;
	if (type == RN_FIELD_ENUM)
		return field->values && (field->values->kind == RN_MAP || field->values->kind == RN_LIST);
	return type != RN_FIELD_ANY && type != RN_FIELD_MONEY && type != RN_FIELD_COORDINATES && type != RN_FIELD_LIST;
}

static void begin_field (Config *config, const char *name, const char *label, gboolean required)
{
	g_string_append (config->out, "      - {name: ");
	put (config->out, name);
	put_pair (config, "label", label);
	g_string_append_printf (config->out, ", required: %s", required ? "true" : "false");
}

static void put_field (Config *config, const RnField *field, gboolean translated)
{
	begin_field (config, field->name, text_of (config, field->label, field->name), field->required);
	put_widget (config, field, field->type, FALSE);
	if (field->pattern_text && field->type == RN_FIELD_TEXT) {
		g_autofree char *whole = g_strdup_printf ("^(?:%s)$", field->pattern_text);
		g_string_append (config->out, ", pattern: [");
		put (config->out, whole);
		g_string_append (config->out, ", ");
		put (config->out, field->pattern_text);
		g_string_append_c (config->out, ']');
	}
	if (translated)
		g_string_append (config->out, field->shared ? ", i18n: false" : ", i18n: true");
	g_string_append (config->out, "}\n");
}

static void put_common_widget (Config *config, const RnValue *field)
{
	const char *widget = rn_value_string (rn_value_get (field, "widget"));
	const RnValue *fields = rn_value_get (field, "fields");
	if (!g_strcmp0 (widget, "audience")) {
		put_audiences (config);
		return;
	}
	if (!g_strcmp0 (widget, "datetime"))
		g_string_append (config->out, DATE_WIDGET);
	else
		g_string_append_printf (config->out, ", widget: %s%s", widget, !g_strcmp0 (widget, "number") ? ", value_type: int" : "");
	if (!fields || fields->kind != RN_LIST)
		return;
	g_string_append (config->out, ", fields: [");
	for (guint i = 0; i < fields->n; i++) {
		const RnValue *inner = fields->items[i];
		g_string_append (config->out, i ? ", {name: " : "{name: ");
		put (config->out, rn_value_string (rn_value_get (inner, "name")));
		put_pair (config, "label", text_of (config, rn_value_get (inner, "label"), ""));
		g_string_append (config->out, ", required: false");
		put_common_widget (config, inner);
		g_string_append_c (config->out, '}');
	}
	g_string_append_c (config->out, ']');
}

static void put_common (Config *config, const RnValue *field, gboolean translated)
{
	const char *name = rn_value_string (rn_value_get (field, "name"));
	begin_field (config, name, text_of (config, rn_value_get (field, "label"), name), rn_value_bool (rn_value_get (field, "required"), FALSE));
	put_common_widget (config, field);
	if (translated)
		g_string_append_printf (config->out, ", i18n: %s", rn_value_bool (rn_value_get (field, "i18n"), FALSE) ? "true" : "false");
	g_string_append (config->out, "}\n");
}

/* The common fields, those of TYPE (may be NULL) in its order, the text. slugged: a new page may be made, and is asked for its name. */
static void put_fields (Config *config, const RnType *type, gboolean slugged)
{
	const RnValue *own = type ? rn_value_get (type->config, "fields") : NULL;
	g_string_append (config->out, "    fields:\n");
	for (guint i = 0; i < config->common->n; i++) {
		const RnValue *field = config->common->items[i];
		const char *name = rn_value_string (rn_value_get (field, "name"));
		if (name && !(type && rn_type_field (type, name)))
			put_common (config, field, slugged);
		if (!i && slugged) {
			begin_field (config, "slug", word (config, "slug"), TRUE);
			put_pair (config, "hint", word (config, "slug_hint"));
			g_string_append (config->out, ", widget: string, i18n: false, pattern: [\"^[a-z0-9][a-z0-9-]*$\", ");
			put (config->out, word (config, "slug_hint"));
			g_string_append (config->out, "]}\n");
		}
	}
	for (guint i = 0; own && own->kind == RN_MAP && i < own->n; i++) {
		const RnField *field = rn_type_field (type, own->pairs[i].name);
		if (field && is_edited (field))
			put_field (config, field, slugged);
	}
	begin_field (config, "body", word (config, "body"), FALSE);
	put_pair (config, "hint", word (config, "body_hint"));
	/* Rich text would write all of a page's Markdown anew. */
	g_string_append_printf (config->out, ", widget: markdown, modes: [raw]%s}\n", slugged ? ", i18n: true" : "");
}

/* --- collections -------------------------------------------------------------------------------------------------------------- */

static void put_type (Config *config, const RnType *type)
{
	const char *first = type->source_language ? type->source_language : config->site->languages[0]->code;
	const char *label = text_of (config, type->label, type->name);
	g_autofree char *folder = g_strconcat (config->site->content, type->name, NULL);
	g_autofree char *preview = g_strdup_printf ("%s/%s/{{slug}}/", first, type->name);
	g_string_append (config->out, "  - name: ");
	put (config->out, type->name);
	g_string_append (config->out, "\n    label: "), put (config->out, label);
	g_string_append (config->out, "\n    label_singular: "), put (config->out, text_of (config, type->singular, label));
	g_string_append (config->out, "\n    folder: "), put (config->out, folder);
	g_string_append (config->out, "\n    preview_path: "), put (config->out, preview);
	g_string_append_printf (config->out, "\n    create: true\n    delete: true\n    extension: md\n    format: yaml-frontmatter\n    slug: \"{{fields.slug}}\"\n"
	                        "    editor: {preview: false}\n    i18n: {structure: multiple_files, default_locale: \"%s\", locales: [", first);
	for (guint i = 0; i < config->site->n_languages; i++)
		g_string_append_printf (config->out, "%s\"%s\"", i ? ", " : "", config->site->languages[i]->code);
	g_string_append (config->out, "]}\n");
	put_fields (config, type, TRUE);
}

/* The first page of the site or of a section, a file a language: "content/faq/_index.tg.md". */
static void put_first (RnPage *page, gpointer user)
{
	Config *config = user;
	g_autofree char *base = page->file ? g_path_get_basename (page->file) : NULL;
	if (!base || !g_str_has_prefix (base, "_index."))
		return;
	const char *label = page->key && *page->key ? page->key : word (config, "home");
	g_autofree char *title = g_strdup_printf ("%s (%s)", *label ? label : "/", page->language->code), *name = g_strdelimit (g_strdup (page->file), "/.", '-');
	g_string_append (config->out, "    - name: "), put (config->out, name);
	g_string_append (config->out, "\n      label: "), put (config->out, title);
	g_string_append (config->out, "\n      file: "), put (config->out, page->file);
	g_string_append_c (config->out, '\n');
	/* Its fields, two columns further in. */
	GString *whole = config->out, *part = g_string_new (NULL);
	config->out = part;
	put_fields (config, NULL, FALSE);
	g_string_replace (part, "\n", "\n  ", 0);
	g_string_truncate (part, part->len - 2);
	g_string_append_printf (whole, "  %s", part->str);
	g_string_free (part, TRUE);
	config->out = whole;
}

static void put_collections (Config *config)
{
	guint n;
	const RnType *const *types = rn_library_types (config->library, &n);
	g_string_append (config->out, "collections:\n");
	for (guint i = 0; i < n; i++)
		if (*types[i]->name && types[i]->declared)
			put_type (config, types[i]);
	const gsize without = config->out->len;
	g_string_append (config->out, "  - name: \"_pages\"\n    label: "), put (config->out, word (config, "pages"));
	g_string_append (config->out, "\n    format: yaml-frontmatter\n    editor: {preview: false}\n    files:\n");
	const gsize empty = config->out->len;
	rn_library_each_file (config->library, put_first, config);
	/* The editor refuses a collection of no files. */
	if (config->out->len == empty)
		g_string_truncate (config->out, without);
}

/* --- the whole ---------------------------------------------------------------------------------------------------------------- */

static void put_head (Config *config, const RnValue *locales)
{
	const RnCmsOptions *options = config->options;
	const char *locale = rn_value_string (rn_value_get (locales, config->language->code));
	const char *address = options->address ? options->address : config->site->base_url;
	const char *branch = options->branch ? options->branch : "main";
	g_autofree char *media = g_strconcat (config->site->content, "media", NULL);
	g_string_append (config->out, "# Made by `rohnamo cms` from the _type.yaml of each section; make it anew when one of them changes.\n");
	if (options->repo) {
		g_string_append (config->out, "backend: {name: github, repo: ");
		put (config->out, options->repo);
	} else {
		g_string_append (config->out, "backend: {name: proxy, proxy_url: /_cms/api/v1");
	}
	put_pair (config, "branch", branch);
	g_string_append (config->out, "}\npublish_mode: simple\n");
	g_string_append_printf (config->out, "locale: %s\n", locale ? locale : "en");
	g_string_append (config->out, "media_folder: "), put (config->out, media);
	g_string_append (config->out, "\npublic_folder: \"/media\"\nslug: {encoding: ascii, clean_accents: true}\n");
	if (address) {
		g_autofree char *bare = g_strdup (address);
		g_string_append (config->out, "site_url: "), put (config->out, g_str_has_suffix (bare, "/") ? (bare[strlen (bare) - 1] = 0, bare) : bare);
		g_string_append (config->out, "\nshow_preview_links: true\n");
	}
	g_string_append_printf (config->out, "i18n: {structure: multiple_files, default_locale: \"%s\", locales: [", config->site->languages[0]->code);
	for (guint i = 0; i < config->site->n_languages; i++)
		g_string_append_printf (config->out, "%s\"%s\"", i ? ", " : "", config->site->languages[i]->code);
	g_string_append (config->out, "]}\n");
}

gboolean rn_cms_config (const RnLibrary *library, const RnCmsOptions *options, RnArena *arena, RnDiagnostics *sink, GString *out)
{
	const RnSite *site = rn_library_site (library);
	const RnValue *own = rn_site_yaml (site->shipped ? site->shipped : site->tree, "layouts/cms/fields.yaml", arena, sink);
	Config config = { library, site, options, options->language ? options->language : site->languages[0], rn_value_get (own, "words"), rn_value_get (own, "fields"), out };
	if (!config.common || config.common->kind != RN_LIST)
		return FALSE;
	put_head (&config, rn_value_get (own, "locale"));
	put_collections (&config);
	return TRUE;
}
