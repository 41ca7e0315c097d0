/* new.c - rohnamo new TYPE SLUG: one file a language, with the fields of the type's schema; or a plugin. */
#include "base/folder.h"
#include "base/path.h"
#include "base/words.h"
#include "command/confined.h"
#include "command/desk-int.h"
#include "command/new-int.h"
#include "command/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What is said beside the fields of a file, in its language. */
typedef struct { const RnDesk *desk; const RnLanguage *language; GString *out; } Draft;

static const char *word (const Draft *draft, const char *key)
{
	const char *text = rn_language_string (draft->language, key, 1);
	return text ? text : "";
}

typedef struct { const char *type, *key; } Found;

static void take_first (RnPage *page, gpointer user)
{
	Found *found = user;
	if (!found->key && page->kind == RN_PAGE_CONTENT && (!found->type || !strcmp (page->type->name, found->type)))
		found->key = page->key;
}

/* A page that a reference may name: one that there is. */
static const char *some_page (const Draft *draft, const RnField *field)
{
	Found found = { field->to, NULL };
	rn_library_each_file (draft->desk->library, take_first, &found);
	return found.key ? found.key : "section/page";
}

/* How a value of TYPE is written, as an example behind it. */
static const char *example (const Draft *draft, const RnField *field, RnFieldType type)
{
	switch (type) {
	case RN_FIELD_DATE: return "2026-01-31";
	case RN_FIELD_NUMBER: return "12";
	case RN_FIELD_MONEY: return "{amount: 100, currency: EUR, per: month}";
	case RN_FIELD_PHONE: return "\"+12 345 67 89\"";
	case RN_FIELD_EMAIL: return "name@example.org";
	case RN_FIELD_URL: return "https://example.org";
	case RN_FIELD_COORDINATES: return "[38.56, 68.77]";
	case RN_FIELD_IMAGE: return "/media/picture.svg";
	case RN_FIELD_BOOLEAN: return "true";
	case RN_FIELD_REFERENCE: return some_page (draft, field);
	default: return NULL;
	}
}

/* The values of an enum: each with its name in the page's language, where it has one. */
static void write_values (const Draft *draft, const RnValue *values)
{
	for (guint i = 0; i < values->n; i++) {
		const char *key = values->kind == RN_MAP ? values->pairs[i].name : rn_value_string (values->items[i]);
		const char *name = values->kind == RN_MAP ? rn_site_text (draft->desk->site, values->pairs[i].value, draft->language) : NULL;
		g_string_append_printf (draft->out, "%s%s", i ? " | " : "; ", key ? key : "");
		if (name && g_strcmp0 (name, key))
			g_string_append_printf (draft->out, " (%s)", name);
	}
}

static void write_limits (const Draft *draft, const RnField *field)
{
	char low[G_ASCII_DTOSTR_BUF_SIZE] = "", high[G_ASCII_DTOSTR_BUF_SIZE] = "";
	if (field->type != RN_FIELD_NUMBER || (isnan (field->min) && isnan (field->max)))
		return;
	if (!isnan (field->min))
		g_ascii_dtostr (low, sizeof low, field->min);
	if (!isnan (field->max))
		g_ascii_dtostr (high, sizeof high, field->max);
	g_string_append_printf (draft->out, "; %s ... %s", low, high);
}

/* A line a field, each with what it is; fields that are not required are remarks until they are filled in. */
static void write_field (const Draft *draft, const RnField *field)
{
	const char *label = rn_site_text (draft->desk->site, field->label, draft->language);
	const gboolean list = field->type == RN_FIELD_LIST;
	const char *shape = example (draft, field, list ? field->item : field->type);
	g_string_append_printf (draft->out, "%s%s: %s# %s", field->required ? "" : "# ", field->name, field->required ? "  " : "", label ? label : field->name);
	if (field->required)
		g_string_append_printf (draft->out, "; %s", word (draft, "new_required"));
	write_limits (draft, field);
	if (field->values && (field->values->kind == RN_MAP || field->values->kind == RN_LIST))
		write_values (draft, field->values);
	else if (shape || list)
		g_string_append_printf (draft->out, "; %s: %s%s%s", word (draft, "new_example"), list ? "[" : "", shape ? shape : "…, …", list ? "]" : "");
	g_string_append_c (draft->out, '\n');
}

static void write_page (const Draft *draft, const RnType *type, const char *slug, gboolean source)
{
	g_autoptr (GString) today = g_string_new (NULL);
	g_autofree char *name = g_path_get_basename (slug), *title = g_strdelimit (g_strdup (name), "-_", ' ');
	const RnValue *fields = rn_value_get (type->config, "fields");
	rn_date_format (today, draft->desk->site->clock, FALSE);
	g_string_append_printf (draft->out, "---\ntitle: %s\n# description:   # %s\n", title, word (draft, "new_description"));
	if (source)
		g_string_append_printf (draft->out, "date: %s\n", today->str);
	g_string_append_printf (draft->out, "draft: true      # %s\nstatus: draft    # %s\n# tags: []\n# sources:\n#   - {title: , url: \"https://\", date: }\n",
	                        word (draft, "new_draft"), word (draft, "new_status"));
	/* In the order of the schema, which is that of the page. */
	for (guint i = 0; fields && fields->kind == RN_MAP && i < fields->n; i++) {
		const RnField *field = rn_type_field (type, fields->pairs[i].name);
		if (field && (source || !field->shared))
			write_field (draft, field);
	}
	g_string_append (draft->out, "---\n\n");
}

gboolean rn_new_create (const char *path, const GString *text, GError **error)
{
	g_autofree char *folder = g_path_get_dirname (path);
	int fd = g_mkdir_with_parents (folder, 0777) ? -1 : open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	gboolean written = fd >= 0 && rn_write_all (fd, text->str, text->len);
	int why = errno;
	if (fd >= 0 && close (fd) && written)
		written = FALSE, why = errno;
	if (!written && fd >= 0)
		unlink (path);
	if (!written)
		g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (why), _("cannot make '%s': %s"), path, rn_words_system (why));
	return written;
}

static int no_type (const RnDesk *desk, const char *name)
{
	guint n;
	const RnType *const *types = rn_library_types (desk->library, &n);
	g_autoptr (GString) known = g_string_new (NULL);
	for (guint i = 1; i < n; i++)
		g_string_append_printf (known, "%s%s", i > 1 ? ", " : "", types[i]->name);
	rn_terminal_error ("there is no type '%s'; the types are: %s", name, known->len ? known->str : _("none (a type is a folder with _type.yaml)"));
	return RN_EXIT_USAGE;
}

/* The file of the page in LANGUAGE. Free it. */
static char *file_of (const RnDesk *desk, const char *name, const char *slug, const RnLanguage *language)
{
	g_autofree char *file = g_strdup_printf ("%s%s/%s.%s.md", desk->site->content, name, slug, language->code);
	return strcmp (desk->dir, ".") ? g_build_filename (desk->dir, file, NULL) : g_steal_pointer (&file);
}

static int make (const RnDesk *desk, const char *name, const char *slug)
{
	const RnSite *site = desk->site;
	const RnType *type = rn_library_type (desk->library, name);
	g_autoptr (GError) error = NULL;
	if (!type)
		return no_type (desk, name);
	if (rn_path_check (slug) != RN_PATH_FINE) {
		rn_terminal_error ("'%s' cannot be a page's name: %s", slug, rn_path_fault_text (rn_path_check (slug)));
		return RN_EXIT_USAGE;
	}
	/* All of them or none. */
	for (guint i = 0; i < site->n_languages; i++) {
		g_autofree char *path = file_of (desk, name, slug, site->languages[i]);
		if (g_file_test (path, G_FILE_TEST_EXISTS)) {
			rn_terminal_error ("'%s' is there already", path);
			return RN_EXIT_USAGE;
		}
	}
	const RnLanguage *source = rn_site_language (site, type->source_language);
	g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_free);
	for (guint i = 0; i < site->n_languages; i++) {
		const RnLanguage *language = site->languages[i];
		g_autofree char *path = file_of (desk, name, slug, language);
		g_autoptr (GString) text = g_string_new (NULL);
		write_page (&(Draft) { desk, language, text }, type, slug, language == (source ? source : site->languages[0]));
		if (!rn_new_create (path, text, &error)) {
			for (guint k = 0; k < made->len; k++)
				unlink (made->pdata[k]);
			rn_terminal_error ("%s", error->message);
			return RN_EXIT_FAILED;
		}
		g_ptr_array_add (made, g_steal_pointer (&path));
	}
	for (guint i = 0; i < made->len; i++)
		puts (made->pdata[i]);
	return RN_EXIT_FINE;
}

int rn_command_new (int argc, char **argv)
{
	g_autofree char *dir = NULL, *share = rn_command_share ();
	const GOptionEntry entries[] = { { "site", 's', 0, G_OPTION_ARG_FILENAME, &dir, N_("the site's folder (default: this one)"), "DIR" }, RN_CONFINED_OPTION, { 0 } };
	g_autoptr (GError) error = NULL;
	RnDesk desk = { 0 };
	int leave;
	if (!rn_command_parse (rn_command_find ("new"), entries, "rohnamo new faq lost-passport  makes content/faq/lost-passport.<language>.md for every language.\n"
	                       "rohnamo new plugin price-list  makes plugins/price-list/, a small plugin that works, with its test.\n",
	                       &argc, &argv, &leave))
		return leave;
	if (argc != 3) {
		rn_terminal_error ("new takes a type and a name: rohnamo new TYPE SLUG");
		return RN_EXIT_USAGE;
	}
	if (!dir)
		dir = g_strdup (".");
	if (!strcmp (argv[1], "plugin"))
		return rn_new_plugin (dir, share, argv[2]);
	rn_confined_desk (dir, RN_CONFINED_CONTENT, NULL);
	if (rn_desk_open (&desk, &(RnDeskOptions) { .dir = dir }, &error)) {
		leave = make (&desk, argv[1], argv[2]);
	} else {
		rn_terminal_error ("%s", error->message);
		leave = RN_EXIT_FAILED;
	}
	rn_desk_close (&desk);
	return leave;
}
