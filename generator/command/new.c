/* new.c - rohnamo new TYPE SLUG: one file a language, with the fields of the type's schema; or a plugin. */
#include "base/path.h"
#include "command/desk-int.h"
#include "command/new-int.h"
#include "command/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* How a field's value is written, as an example behind it. */
static const char *example (const RnField *field)
{
	switch (field->type) {
	case RN_FIELD_DATE: return "2026-01-31";
	case RN_FIELD_NUMBER: return "12";
	case RN_FIELD_MONEY: return "{amount: 100, currency: EUR, per: month}";
	case RN_FIELD_PHONE: return "\"+12 345 67 89\"";
	case RN_FIELD_EMAIL: return "name@example.org";
	case RN_FIELD_URL: return "https://example.org";
	case RN_FIELD_COORDINATES: return "[38.56, 68.77]";
	case RN_FIELD_IMAGE: return "/media/picture.svg";
	case RN_FIELD_BOOLEAN: return "true";
	case RN_FIELD_REFERENCE: return field->to ? field->to : "section/page";
	case RN_FIELD_LIST: return "[...]";
	default: return NULL;
	}
}

/* A line a field, each with what it is; fields that are not required are remarks until they are filled in. */
static void write_field (GString *out, const RnDesk *desk, const RnField *field, const RnLanguage *language)
{
	const char *label = rn_site_text (desk->site, field->label, language), *shape = example (field);
	g_string_append_printf (out, "%s%s: ", field->required ? "" : "# ", field->name);
	g_string_append_printf (out, "%*s# %s; %s", field->required ? 2 : 0, "", label ? label : field->name, rn_field_type_name (field->type));
	if (field->values && field->values->kind == RN_MAP)
		for (guint i = 0; i < field->values->n; i++)
			g_string_append_printf (out, "%s%s", i ? " | " : ": ", field->values->pairs[i].name);
	else if (shape)
		g_string_append_printf (out, ", such as %s", shape);
	g_string_append (out, field->required ? "; required\n" : "\n");
}

static void write_page (GString *out, const RnDesk *desk, const RnType *type, const char *slug, const RnLanguage *language, gboolean source)
{
	g_autoptr (GString) today = g_string_new (NULL);
	g_autofree char *title = g_strdelimit (g_strdup (slug), "-_", ' ');
	rn_date_format (today, desk->site->clock, FALSE);
	g_string_append_printf (out, "---\ntitle: %s\n# description:   # one or two sentences for lists and search engines\n", title);
	if (source)
		g_string_append_printf (out, "date: %s\n", today->str);
	g_string_append (out, "draft: true      # take this line out to publish the page\nstatus: draft    # until an editor has reviewed it\n"
	                      "# tags: []\n# sources:\n#   - {title: , url: \"https://\", date: }\n");
	for (guint i = 0; i < type->n_fields; i++)
		if (source || !type->fields[i].shared)
			write_field (out, desk, &type->fields[i], language);
	g_string_append (out, "---\n\n");
}

gboolean rn_new_create (const char *path, const GString *text, GError **error)
{
	g_autofree char *folder = g_path_get_dirname (path);
	int fd = g_mkdir_with_parents (folder, 0777) ? -1 : open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	gboolean written = fd >= 0 && write (fd, text->str, text->len) == (gssize) text->len;
	int why = errno;
	if (fd >= 0 && close (fd))
		written = FALSE, why = errno;
	if (!written)
		g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (why), "cannot make '%s': %s", path, g_strerror (why));
	return written;
}

static int make (const RnDesk *desk, const char *name, const char *slug)
{
	const RnSite *site = desk->site;
	const RnType *type = rn_library_type (desk->library, name);
	g_autoptr (GError) error = NULL;
	if (!type) {
		guint n;
		const RnType *const *types = rn_library_types (desk->library, &n);
		GString *known = g_string_new (NULL);
		for (guint i = 1; i < n; i++)
			g_string_append_printf (known, "%s%s", i > 1 ? ", " : "", types[i]->name);
		rn_terminal_error ("there is no type '%s'; the types are: %s", name, known->len ? known->str : "none (a type is a folder with _type.yaml)");
		g_string_free (known, TRUE);
		return RN_EXIT_USAGE;
	}
	if (rn_path_check (slug) != RN_PATH_FINE) {
		rn_terminal_error ("'%s' cannot be a page's name: %s", slug, rn_path_fault_text (rn_path_check (slug)));
		return RN_EXIT_USAGE;
	}
	const RnLanguage *source = rn_site_language (site, type->source_language);
	for (guint i = 0; i < site->n_languages; i++) {
		const RnLanguage *language = site->languages[i];
		g_autofree char *path = g_strdup_printf ("%s/%s%s/%s.%s.md", desk->dir, site->content, name, slug, language->code);
		g_autoptr (GString) text = g_string_new (NULL);
		write_page (text, desk, type, slug, language, language == (source ? source : site->languages[0]));
		if (!rn_new_create (path, text, &error)) {
			rn_terminal_error ("%s", error->message);
			return g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_EXIST) ? RN_EXIT_USAGE : RN_EXIT_FAILED;
		}
		puts (path);
	}
	return RN_EXIT_FINE;
}

int rn_command_new (int argc, char **argv)
{
	g_autofree char *dir = NULL, *share = rn_command_share ();
	const GOptionEntry entries[] = { { "site", 's', 0, G_OPTION_ARG_FILENAME, &dir, "the site's folder (default: this one)", "DIR" }, { 0 } };
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
	if (rn_desk_open (&desk, &(RnDeskOptions) { .dir = dir }, &error)) {
		leave = make (&desk, argv[1], argv[2]);
	} else {
		rn_terminal_error ("%s", error->message);
		leave = RN_EXIT_FAILED;
	}
	rn_desk_close (&desk);
	return leave;
}
