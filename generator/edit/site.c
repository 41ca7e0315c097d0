/* site.c - a move and the site's files in; prepared changes and the places that they mend out. Nothing is written here. */
#include "edit/site.h"
#include "base/text.h"
#include "base/words.h"
#include "edit/front.h"
#include "markdown/parse.h"
#include "model/link.h"
#include "source/yaml.h"

#include <string.h>

#define MAX_BYTES ((gsize) 64 << 20)

void rn_edit_site_init (RnEditSite *site, const RnMove *move, RnTree *tree)
{
	*site = (RnEditSite) {
		.move = move, .tree = tree, .mends = rn_mends_new (), .mentions = g_ptr_array_new_with_free_func (g_free),
		.aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref),
		.drops = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free), .gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
	};
}

void rn_edit_site_clear (RnEditSite *site)
{
	g_array_unref (site->mends);
	g_ptr_array_unref (site->mentions);
	g_hash_table_unref (site->aliases);
	g_hash_table_unref (site->drops);
	g_hash_table_unref (site->gone);
}

/* One file, as it was and as it will be. */
typedef struct { RnPage *page; GBytes *before; GString *text; } File;

typedef struct {
	RnEditSite *self;
	RnMender *mender;
	const RnPage *home;
	GPtrArray *files;        /* of File: pages, in the order of their paths */
	GHashTable *by_page;     /* RnPage -> File */
	GHashTable *pages;       /* the paths of all pages */
	GError *error;           /* the first file that cannot be read */
} Work;

static void free_file (gpointer data)
{
	File *file = data;
	g_clear_pointer (&file->before, g_bytes_unref);
	if (file->text)
		g_string_free (file->text, TRUE);
	g_free (file);
}

static gboolean fail (Work *work, const char *file)
{
	if (!work->error)
		g_set_error (&work->error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _("'%s' cannot be read as it is; rohnamo check says why. Mend it first"), file);
	return FALSE;
}

static GString *read_file (Work *work, guint index)
{
	GString *text = g_string_new (NULL);
	if (!rn_tree_read (work->self->tree, index, 0, MAX_BYTES, text, NULL, NULL))
		fail (work, rn_tree_path (work->self->tree, index));
	return text;
}

static const char *inside (const Work *work, const char *path)
{
	return path + strlen (rn_library_site (work->self->move->library)->content);
}

/* --- a page ---------------------------------------------------------------------------------------------------------------- */

typedef struct { const RnPage *page; const RnMove *move; } Fields;

static RnRole role_of_field (gpointer user, const char *top, const char *name)
{
	const Fields *fields = user;
	const RnField *field = top ? rn_type_field (fields->page->type, top) : NULL;
	const RnFieldType type = !field ? RN_FIELD_ANY : field->type == RN_FIELD_LIST ? field->item : field->type;
	(void) name;
	if (!g_strcmp0 (top, "related"))
		return RN_ROLE_KEY;
	if (type == RN_FIELD_IMAGE)
		return RN_ROLE_FILE;
	if (type != RN_FIELD_REFERENCE)
		return RN_ROLE_NONE;
	const gsize n = field->to ? strlen (field->to) : 0;
	return n && !strncmp (fields->move->from, field->to, n) && fields->move->from[n] == '/' ? RN_ROLE_REFERENCE : RN_ROLE_KEY;
}

/* Could an address that leads to what moves stand in TEXT? What is written with marks or in numbers is looked at too. */
static gboolean may_name (const RnMove *move, const char *text, gsize len)
{
	const char *slash = strrchr (move->from, '/'), *base = slash ? slash + 1 : move->from;
	if (memmem (text, len, base, strlen (base)) || memchr (text, '%', len) || memchr (text, '\\', len) || memmem (text, len, "&#", 2))
		return TRUE;
	for (guint i = 0; i < rn_library_site (move->library)->n_languages; i++) {
		g_autofree char *name = move->urls[i] ? g_path_get_basename (move->urls[i]) : NULL;
		if (name && memmem (text, len, name, strlen (name)))
			return TRUE;
	}
	return FALSE;
}

static gboolean mend_page (Work *work, File *file)
{
	RnEditSite *self = work->self;
	const RnPage *page = file->page;
	const char *path = page->file, *own = inside (work, path);
	GString *text = file->text;
	RnFrontMatter front;
	Fields fields = { page, self->move };
	const gboolean goes = strcmp (own, rn_move_file (self->move, page)) != 0;
	rn_front_matter_find (text->str, text->len, &front);
	if (front.open || rn_text_invalid_at (text->str, text->len) >= 0 || rn_text_conflict (text->str, text->len))
		return fail (work, path);
	if ((goes || may_name (self->move, text->str, text->len)) &&
	    (!rn_mend_body (work->mender, page, FALSE, path, text, front.body, front.body_line) ||
	     (front.yaml_len && !front.toml && !rn_mend_yaml (work->mender, page, FALSE, path, text, front.yaml, front.yaml_len, 2, role_of_field, &fields))))
		return fail (work, path);
	const GPtrArray *aliases = g_hash_table_lookup (self->aliases, own);
	const char *drop = g_hash_table_lookup (self->drops, own);
	for (guint i = 0; aliases && i < aliases->len; i++)
		if (!rn_front_set_alias (text, aliases->pdata[i], drop))
			return fail (work, path);
	return aliases || !drop || rn_front_set_alias (text, NULL, drop) || fail (work, path);
}

static void take_page (RnPage *page, gpointer user)
{
	Work *work = user;
	File *file = g_new0 (File, 1);
	if (work->error) {
		g_free (file);
		return;
	}
	file->page = page;
	file->text = read_file (work, page->tree_index);
	g_ptr_array_add (work->files, file);
	g_hash_table_insert (work->by_page, page, file);
	g_hash_table_add (work->pages, (gpointer) page->file);
	file->before = g_bytes_new (file->text->str, file->text->len);
	if (!work->error && !g_hash_table_contains (work->self->gone, inside (work, page->file)))
		mend_page (work, file);
}

static gboolean changed (const File *file)
{
	gsize len;
	const char *bytes = g_bytes_get_data (file->before, &len);
	return len != file->text->len || (len && memcmp (bytes, file->text->str, len));
}

/* A translation that says which bytes it was made from, and was made from these: of mended links its words know nothing. */
static void keep_fresh (Work *work, File *file)
{
	const RnPage *page = file->page;
	const File *source = page->source && page->source->file ? g_hash_table_lookup (work->by_page, page->source) : NULL;
	char then[41], now[41];
	gsize len;
	RnFrontMatter front;
	if (!source || source == file || !changed (source))
		return;
	const char *bytes = g_bytes_get_data (source->before, &len);
	rn_blob_id (bytes ? bytes : "", len, then);
	rn_blob_id (source->text->str, source->text->len, now);
	g_autoptr (RnArena) arena = rn_arena_new (0);
	rn_front_matter_find (file->text->str, file->text->len, &front);
	const RnValue *map = front.yaml_len && !front.toml ? rn_yaml_parse (arena, file->text->str + front.yaml, front.yaml_len, RN_PLACE (NULL, 1, 1), NULL) : NULL;
	g_autofree char *made_from = map && rn_value_get (map, "translates") ? rn_value_text (rn_value_get (map, "translates")) : NULL;
	if (made_from && strlen (made_from) >= 7 && !g_ascii_strncasecmp (then, made_from, strlen (made_from)))
		rn_front_set_field (file->text, "translates", now);
}

static void add_page (Work *work, const File *file, RnChanges *changes)
{
	const RnEditSite *self = work->self;
	const char *own = inside (work, file->page->file), *then = rn_move_file (self->move, file->page);
	g_autofree char *to = g_strconcat (rn_library_site (self->move->library)->content, then, NULL);
	g_autoptr (GBytes) after = changed (file) ? g_bytes_new (file->text->str, file->text->len) : NULL;
	if (g_hash_table_contains (self->gone, own))
		rn_changes_add (changes, file->page->file, NULL, file->before, NULL);
	else if (after || strcmp (own, then))
		rn_changes_add (changes, file->page->file, to, file->before, after);
}

/* --- all that is no page ---------------------------------------------------------------------------------------------------- */

static RnRole role_of_name (gpointer user, const char *top, const char *name)
{
	static const char *const names[] = { "page", "pages", "related", "exclude", "core", NULL };
	(void) user, (void) top;
	return name && g_strv_contains (names, name) ? RN_ROLE_KEY : RN_ROLE_NONE;
}

/* Where a script or a layout names the page or the file. */
static void note_mentions (Work *work, const char *path, const GString *text)
{
	const char *from = work->self->move->from;
	const gsize n = strlen (from);
	for (const char *p = text->str; strchr (from, '/') && (p = strstr (p, from)); p += n) {
		guint line, col;
		if ((p > text->str && (g_ascii_isalnum (p[-1]) || strchr ("-_", p[-1]))) || g_ascii_isalnum (p[n]) || (p[n] && strchr ("-_", p[n])))
			continue;
		rn_text_position (text->str, text->len, (gsize) (p - text->str), &line, &col);
		g_ptr_array_add (work->self->mentions, g_strdup_printf ("%s:%u:%u", path, line, col));
	}
}

/* A text in data/, or a README: a front matter perhaps, and Markdown, of which only what is seen from the root counts. */
static gboolean mend_text (Work *work, const char *path, GString *text)
{
	RnFrontMatter front;
	rn_front_matter_find (text->str, text->len, &front);
	return rn_text_invalid_at (text->str, text->len) < 0 && rn_mend_body (work->mender, work->home, TRUE, path, text, front.body, front.body_line) &&
		(!front.yaml_len || front.toml || rn_mend_yaml (work->mender, work->home, TRUE, path, text, front.yaml, front.yaml_len, 2, role_of_name, NULL));
}

static gboolean is_yaml (const char *path)
{
	return g_str_has_suffix (path, ".yaml") || g_str_has_suffix (path, ".yml");
}

static void take_file (Work *work, guint index, RnChanges *changes)
{
	const RnEditSite *self = work->self;
	const RnSite *site = rn_library_site (self->move->library);
	const char *path = rn_tree_path (self->tree, index), *own = g_str_has_prefix (path, site->content) ? path + strlen (site->content) : NULL;
	const gboolean tool = *site->content && !own, product = tool && g_str_has_prefix (path, "layouts/print/") && is_yaml (path);
	const gboolean data = own && *site->content && g_str_has_prefix (own, "data/") && g_str_has_suffix (own, ".md");
	const gboolean table = own && g_str_has_suffix (own, ".csv"), yaml = product || (own && is_yaml (own));
	static const char *const scripts[] = { ".lua", ".html", ".js", ".yaml", ".json", NULL };
	const char *dot = strrchr (path, '.');   /* NOLINT(clang-analyzer-core.NonNullParamChecker): a tree's path is never NULL */
	if (!yaml && !data && !table && !(tool && dot && g_strv_contains (scripts, dot)))
		return;
	g_autoptr (GString) text = read_file (work, index);
	g_autoptr (GBytes) before = g_bytes_new (text->str, text->len);
	if (!may_name (self->move, text->str, text->len))
		return;
	if (yaml ? !rn_mend_yaml (work->mender, work->home, TRUE, path, text, 0, text->len, 1, role_of_name, NULL) : data && !mend_text (work, path, text)) {
		fail (work, path);
	} else if (table) {
		rn_mend_table (work->mender, path, text);
	} else if (!yaml && !data) {
		note_mentions (work, path, text);
	}
	g_autoptr (GBytes) after = g_bytes_new (text->str, text->len);
	if (!g_bytes_equal (before, after))
		rn_changes_add (changes, path, path, before, after);
}

/* Files that are no pages, and move or go: their bytes stay. */
static void take_media (Work *work, RnChanges *changes)
{
	RnEditSite *self = work->self;
	const char *content = rn_library_site (self->move->library)->content;
	for (guint i = 0; i < rn_tree_count (self->tree); i++) {
		const char *path = rn_tree_path (self->tree, i), *own = g_str_has_prefix (path, content) ? path + strlen (content) : NULL;
		const char *to = own ? g_hash_table_lookup (self->move->files, own) : NULL;
		if (!to || g_hash_table_contains (work->pages, path))
			continue;
		const gboolean goes = g_hash_table_contains (self->gone, own);
		g_autofree char *whole = goes ? NULL : g_strconcat (content, to, NULL);
		g_autoptr (GString) text = goes ? read_file (work, i) : NULL;
		g_autoptr (GBytes) before = goes ? g_bytes_new (text->str, text->len) : NULL;
		rn_changes_add (changes, path, whole, before, NULL);
	}
}

static int by_place (gconstpointer a, gconstpointer b)
{
	const RnMend *x = a, *y = b;
	const int order = strcmp (x->file, y->file);
	return order ? order : x->line != y->line ? (x->line < y->line ? -1 : 1) : x->col < y->col ? -1 : x->col > y->col;
}

gboolean rn_edit_site (RnEditSite *site, RnChanges *changes, GError **error)
{
	const RnLibrary *library = site->move->library;
	rn_markdown_init ();
	Work work = { .self = site, .mender = rn_mender_new (site->move, site->mends), .home = rn_library_home (library, rn_library_site (library)->languages[0]) };
	work.files = g_ptr_array_new_with_free_func (free_file);
	work.by_page = g_hash_table_new (NULL, NULL);
	work.pages = g_hash_table_new (g_str_hash, g_str_equal);
	rn_library_each_file (library, take_page, &work);
	for (guint i = 0; i < work.files->len && !work.error; i++)
		keep_fresh (&work, work.files->pdata[i]);
	for (guint i = 0; i < work.files->len && !work.error; i++)
		add_page (&work, work.files->pdata[i], changes);
	for (guint i = 0; i < rn_tree_count (site->tree) && !work.error; i++)
		take_file (&work, i, changes);
	take_media (&work, changes);
	g_array_sort (site->mends, by_place);
	rn_mender_free (work.mender);
	g_hash_table_unref (work.by_page);
	g_hash_table_unref (work.pages);
	g_ptr_array_unref (work.files);
	if (!work.error)
		return TRUE;
	g_propagate_error (error, work.error);
	return FALSE;
}

/* --- after ------------------------------------------------------------------------------------------------------------------- */

static void put_page (RnPage *page, gpointer pages)
{
	g_hash_table_insert (pages, (gpointer) page->file, page);
}

gboolean rn_edit_verify (const RnEditSite *site, const RnLibrary *after, GError **error)
{
	const RnMove *move = site->move;
	const RnSite *now = rn_library_site (after);
	const gsize content = strlen (now->content);
	g_autoptr (GHashTable) pages = g_hash_table_new (g_str_hash, g_str_equal);
	g_autoptr (RnArena) arena = rn_arena_new (0);
	rn_library_each_file (after, put_page, pages);
	for (guint i = 0; i < site->mends->len; i++) {
		const RnMend *mend = &g_array_index (site->mends, RnMend, i);
		const char *moved = strlen (mend->file) > content ? g_hash_table_lookup (move->files, mend->file + content) : NULL;
		g_autofree char *file = moved ? g_strconcat (now->content, moved, NULL) : g_strdup (mend->file);
		const RnPage *page = g_hash_table_lookup (pages, file);
		if (!mend->to || !mend->address)
			continue;
		const RnLink link = rn_link_resolve (after, page ? page : rn_library_home (after, now->languages[0]), mend->to, arena);
		const gboolean there = !mend->ours ? link.kind != RN_LINK_MISSING : link.kind == RN_LINK_FILE || link.kind == RN_LINK_HIDDEN || (link.kind == RN_LINK_PAGE && (!strcmp (link.page->key, move->to) || link.page->kind == RN_PAGE_PART));
		if (!there) {
			g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, _("'%s' in %s:%u would not lead where '%s' did"), mend->to, mend->file, mend->line, mend->from);
			return FALSE;
		}
	}
	return TRUE;
}
