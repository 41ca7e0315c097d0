/* library.c - finds the content, reads it over the cores, ties it. library_answers.c answers. */
#include "model/library-int.h"
#include "base/path.h"
#include "base/text.h"
#include "base/words.h"
#include "base/workers.h"

#include <string.h>

/* --- small services ------------------------------------------------------------------------------------------------- */

Entry *rn_entry_new (RnLibrary *library, RnPageKind kind, const RnLanguage *language, const char *key)
{
	Entry *entry = rn_arena_new0 (library->arena, Entry);
	entry->page.kind = kind;
	entry->page.language = language;
	entry->page.key = key;
	entry->page.type = library->types->pdata[0];
	entry->page.title = "";
	entry->page.toc = TRUE;
	entry->page.first_slice = &entry->page;
	g_ptr_array_add (library->entries, entry);
	return entry;
}

RnPage **rn_twins (RnLibrary *library, const char *key, gboolean make)
{
	RnPage **twins = g_hash_table_lookup (library->by_key, key);
	if (!twins && make) {
		twins = rn_arena_newn (library->arena, RnPage *, library->site->n_languages);
		g_hash_table_insert (library->by_key, rn_arena_strndup (library->arena, key, -1), twins);
	}
	return twins;
}

void rn_pages_freeze (RnLibrary *library, RnPages *pages, GPtrArray *from)
{
	pages->n = from->len;
	pages->items = rn_arena_newn (library->arena, RnPage *, from->len);
	if (from->len)
		memcpy (pages->items, from->pdata, from->len * sizeof (RnPage *));
}

/* --- types ---------------------------------------------------------------------------------------------------------------- */

/* A reference leads to pages of a type that there is. */
static void check_references (const RnLibrary *library, const RnType *type, const char *file)
{
	g_autoptr (GPtrArray) names = g_ptr_array_new ();
	for (guint i = 1; i < library->types->len; i++)
		g_ptr_array_add (names, (gpointer) ((const RnType *) library->types->pdata[i])->name);
	g_ptr_array_add (names, NULL);
	for (guint i = 0; i < type->n_fields; i++) {
		const RnField *field = &type->fields[i];
		const RnValue *to = field->to ? rn_value_get (rn_value_get (rn_value_get (type->config, "fields"), field->name), "to") : NULL;
		if (!to || g_hash_table_contains (library->type_of_folder, field->to))
			continue;
		const char *nearest = rn_text_nearest (field->to, (const char *const *) names->pdata);
		g_autofree char *what = nearest ? g_strdup_printf ("there is no type '%s'; did you mean '%s'?", field->to, nearest) :
			g_strdup_printf ("there is no type '%s'", field->to);
		rn_diagnose (library->sink, RN_D_TYPE_FIELD, RN_PLACE (file, to->line, to->col), field->name, what);
	}
}

static void load_types (RnLibrary *library)
{
	RnTree *tree = library->site->tree;
	guint begin, end;
	g_ptr_array_add (library->types, rn_type_new (library->arena, "", NULL, NULL, library->sink));
	rn_tree_range (tree, library->site->content, &begin, &end);
	for (guint i = begin; i < end; i++) {
		const char *path = rn_tree_path (tree, i), *folder = path + strlen (library->site->content);
		if (!g_str_has_suffix (path, "/_type.yaml") || folder > strrchr (path, '/'))
			continue;
		const RnValue *config = rn_site_yaml (tree, path, library->arena, library->sink);
		char *name = rn_arena_strndup (library->arena, folder, (gssize) (strlen (folder) - strlen ("/_type.yaml")));
		const char *file = rn_diagnostics_intern (library->sink, path);
		RnType *type = rn_type_new (library->arena, name, config, file, library->sink);
		g_ptr_array_add (library->types, type);
		g_hash_table_insert (library->type_of_folder, name, type);
	}
	for (guint i = 1; i < library->types->len; i++) {
		const RnType *type = library->types->pdata[i];
		g_autofree char *file = g_strdup_printf ("%s%s/_type.yaml", library->site->content, type->name);
		check_references (library, type, file);
	}
}

/* The type of the nearest folder at or above KEY that has one. */
const RnType *rn_type_for (const RnLibrary *library, const char *key, gboolean is_folder)
{
	g_autofree char *folder = g_strdup (key);
	for (char *slash = is_folder ? folder + strlen (folder) : strrchr (folder, '/'); slash; slash = strrchr (folder, '/')) {
		*slash = 0;
		const RnType *type = g_hash_table_lookup (library->type_of_folder, folder);
		if (type)
			return type;
	}
	return library->types->pdata[0];
}

/* --- finding pages -------------------------------------------------------------------------------------------------- */

typedef struct { gsize stem; gboolean section, bundle; } Name;

/* Is there a page in the folder of README (a path of the tree) that is meant for it? */
static gboolean has_index (const RnLibrary *library, const char *readme)
{
	gsize folder = strlen (readme) - strlen ("README.md");
	for (guint i = 0; i < 2; i++) {
		guint begin, end;
		g_autofree char *prefix = g_strdup_printf ("%.*s%s", (int) folder, readme, i ? "_index." : "index.");
		rn_tree_range (library->site->tree, prefix, &begin, &end);
		for (; begin < end; begin++)
			if (g_str_has_suffix (rn_tree_path (library->site->tree, begin), ".md"))
				return TRUE;
	}
	return FALSE;
}

/* What the file's name makes of it: a page, the text of its folder, or (FALSE) no page at all. */
static gboolean read_name (const RnLibrary *library, const char *path, const char *base, Name *name, char code[16])
{
	const RnSite *site = library->site;
	if (!rn_site_page_name (site, base, &name->stem, code))
		return FALSE;
	gboolean readme = rn_site_is_readme (base);
	/* It explains the folder to its editors, unless the folder is a stranger's without languages: there it is the folder's text. */
	if (readme && (rn_site_declared (site) || site->languages[0] != rn_site_language (site, "und")))
		return FALSE;
	name->section = (name->stem == 6 && !strncmp (base, "_index", 6)) || (readme && !has_index (library, path));
	name->bundle = name->stem == 5 && !strncmp (base, "index", 5);
	return TRUE;
}

/* Enters the file into its pair; FALSE where its place is taken. */
static gboolean enter (RnLibrary *library, Entry *entry)
{
	RnPage *page = &entry->page;
	RnPage **twins = rn_twins (library, page->key, TRUE);
	page->twins = twins;
	if (!twins[page->language->index]) {
		twins[page->language->index] = page;
		return TRUE;
	}
	g_autofree char *url = g_strdup_printf ("/%s/%s%s", page->language->code, page->key, *page->key ? "/" : "");
	rn_diagnose (library->sink, RN_D_URL_TWICE, RN_PLACE (page->file, 1, 1), url, twins[page->language->index]->file);
	g_ptr_array_set_size (library->entries, (int) library->entries->len - 1);
	return FALSE;
}

static void find_page (RnLibrary *library, guint index, const char *path)
{
	const RnSite *site = library->site;
	const char *inside = path + strlen (site->content), *slash = strrchr (inside, '/'), *base = slash ? slash + 1 : inside;
	Name name = { 0 };
	char code[16];
	/* Texts in data/ are plugins', as all that lies there. */
	if ((*site->content && g_str_has_prefix (inside, "data/")) || !read_name (library, path, base, &name, code))
		return;
	const RnLanguage *language = *code ? rn_site_language (site, code) : site->languages[0];
	const char *file = rn_diagnostics_intern (library->sink, path);
	if (!language) {
		rn_diagnose (library->sink, RN_D_LANGUAGE_FOREIGN, RN_PLACE (file, 0, 0), code);
		return;
	}
	gboolean folder_text = name.section || name.bundle;
	const char *end = folder_text ? (slash ? slash : inside) : base + name.stem;
	const char *key = rn_arena_strndup (library->arena, inside, end - inside);
	Entry *entry = rn_entry_new (library, RN_PAGE_CONTENT, language, key);
	entry->page.file = file;
	entry->page.tree_index = index;
	entry->page.type = rn_type_for (library, key, folder_text);
	entry->page.history = library->history ? rn_history_get (library->history, index) : NULL;
	entry->index = name.section || !*key;
	if (library->broken && g_hash_table_contains (library->broken, path))
		entry->hidden = "broken";
	enter (library, entry);
}

static void make_section (RnLibrary *library, Entry *entry, gboolean typed)
{
	entry->index = TRUE;
	entry->page.kind = *entry->page.key ? RN_PAGE_SECTION : RN_PAGE_HOME;
	if (!typed)
		entry->page.type = rn_type_for (library, entry->page.key, TRUE);
}

/* The folders above KEY that had no page until now; what is settled and stands for one of them is its section's text. */
static void add_folders (RnLibrary *library, const char *key)
{
	for (const char *slash = strrchr (key, '/'); slash; slash = g_strrstr_len (key, slash - key, "/")) {
		char *folder = g_strndup (key, (gsize) (slash - key));
		if (!g_hash_table_add (library->folders, folder))
			return;
		RnPage **twins = library->settled ? g_hash_table_lookup (library->by_key, folder) : NULL;
		/* What came in with KEY has no address yet, and is seen to by the caller: its type is not read. */
		for (guint i = 0; twins && i < library->site->n_languages; i++)
			if (twins[i] && twins[i]->url)
				make_section (library, ENTRY (twins[i]), TRUE);
	}
}

/* Folders that hold pages beside their index.md: there it is the section's text. */
void rn_bundles_settle (RnLibrary *library)
{
	for (guint i = library->settled; i < library->entries->len; i++)
		add_folders (library, ((Entry *) library->entries->pdata[i])->page.key);
	for (guint i = library->settled; i < library->entries->len; i++) {
		Entry *entry = library->entries->pdata[i];
		if (entry->index || g_hash_table_contains (library->folders, entry->page.key))
			make_section (library, entry, entry->index);
	}
}

/* --- reading ---------------------------------------------------------------------------------------------------------- */

typedef struct { RnArena *arena; GString *text; } Worker;

static gpointer open_worker (gpointer shared, GError **error)
{
	RnLibrary *library = shared;
	Worker *worker = g_new0 (Worker, 1);
	worker->arena = rn_arena_new (0);
	worker->text = g_string_sized_new (8192);
	g_mutex_lock (&library->lock);
	g_ptr_array_add (library->arenas, worker->arena);
	g_mutex_unlock (&library->lock);
	(void) error;
	return worker;
}

static void close_worker (gpointer state, gpointer shared)
{
	Worker *worker = state;
	(void) shared;
	g_string_free (worker->text, TRUE);
	g_free (worker);
}

static gboolean read_one (gpointer state, guint index, gpointer shared, GError **error)
{
	RnLibrary *library = shared;
	Worker *worker = state;
	Entry *entry = library->entries->pdata[index];
	(void) error;
	if (!entry->hidden)
		rn_front_read (library, entry, worker->arena, worker->text);
	else
		entry->page.title = rn_title_of_key (worker->arena, entry->page.key);
	return TRUE;
}

void rn_visible_list (RnLibrary *library)
{
	g_autoptr (GPtrArray) list = g_ptr_array_new ();
	for (guint i = 0; i < library->entries->len; i++) {
		Entry *entry = library->entries->pdata[i];
		if (!entry->hidden && entry->page.kind == RN_PAGE_CONTENT)
			g_ptr_array_add (list, entry);
	}
	rn_pages_freeze (library, &library->visible, list);
	for (guint i = 0; i < list->len; i++)
		library->edition_time = MAX (library->edition_time, library->visible.items[i]->lastmod);
}

RnLibrary *rn_library_load (RnSite *site, RnHistory *history, guint jobs, GHashTable *broken, RnDiagnostics *sink, GError **error)
{
	RnLibrary *library = g_new0 (RnLibrary, 1);
	library->site = site;
	library->history = history;
	library->broken = broken;
	library->sink = sink;
	library->arena = rn_arena_new (65536);
	library->arenas = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_arena_free);
	library->types = g_ptr_array_new_with_free_func ((GDestroyNotify) rn_type_free);
	library->type_of_folder = g_hash_table_new (g_str_hash, g_str_equal);
	library->entries = g_ptr_array_new ();
	library->by_key = g_hash_table_new (g_str_hash, g_str_equal);
	library->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	library->by_url = g_hash_table_new (g_str_hash, g_str_equal);
	library->by_alias = g_hash_table_new (g_str_hash, g_str_equal);
	g_mutex_init (&library->lock);

	guint begin, end;
	load_types (library);
	rn_tree_range (site->tree, site->content, &begin, &end);
	for (guint i = begin; i < end; i++)
		find_page (library, i, rn_tree_path (site->tree, i));
	if (!library->entries->len && !site->empty) {
		rn_diagnose (sink, RN_D_SITE_EMPTY, ((RnPlace) { 0 }), *site->content ? site->content : ".");
		g_set_error (error, RN_TREE_ERROR, RN_TREE_ERROR_MISSING, _("there is no page in '%s'"), *site->content ? site->content : ".");
		rn_library_free (library);
		return NULL;
	}
	rn_bundles_settle (library);
	if (!rn_workers_run (jobs, library->entries->len, open_worker, read_one, close_worker, library, NULL, error)) {
		rn_library_free (library);
		return NULL;
	}
	rn_front_report (library, 0);
	rn_places_settle (library);
	return library;
}

void rn_library_free (RnLibrary *library)
{
	if (!library)
		return;
	if (library->splits)
		g_ptr_array_unref (library->splits);
	rn_added_free (library->added);
	g_hash_table_unref (library->by_key);
	g_hash_table_unref (library->folders);
	g_hash_table_unref (library->by_url);
	g_hash_table_unref (library->by_alias);
	g_hash_table_unref (library->type_of_folder);
	g_ptr_array_unref (library->types);
	g_ptr_array_unref (library->entries);
	g_ptr_array_unref (library->arenas);
	rn_arena_free (library->arena);
	rn_nearest_free (library->near_keys);
	rn_nearest_free (library->near_files);
	g_free (library->keys);
	g_free (library->files);
	g_mutex_clear (&library->lock);
	g_free (library);
}
