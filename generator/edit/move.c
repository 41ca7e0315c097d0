/* move.c - an address and what moves in; the address as it must be written then, out. Invariant: only the part that names what moved changes. */
#include "edit/move.h"
#include "base/path.h"
#include "model/link.h"
#include "model/parts.h"

#include <string.h>

RnMove *rn_move_new (const RnLibrary *library, const char *from, const char *to, gboolean file)
{
	RnMove *move = g_new0 (RnMove, 1);
	const guint n = rn_library_site (library)->n_languages;
	move->library = library;
	move->from = g_strdup (from);
	move->to = g_strdup (to);
	move->file = file;
	move->urls = g_new0 (char *, n);
	move->to_urls = g_new0 (char *, n);
	move->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
	return move;
}

void rn_move_free (RnMove *move)
{
	for (guint i = 0; i < rn_library_site (move->library)->n_languages; i++) {
		g_free (move->urls[i]);
		g_free (move->to_urls[i]);
	}
	g_free (move->urls);
	g_free (move->to_urls);
	g_free ((char *) move->from);
	g_free ((char *) move->to);
	g_hash_table_unref (move->files);
	g_free (move);
}

static const char *inside_of (const RnMove *move, const RnPage *page)
{
	return page->file + strlen (rn_library_site (move->library)->content);
}

const char *rn_move_file (const RnMove *move, const RnPage *page)
{
	const char *path = inside_of (move, page), *moved = g_hash_table_lookup (move->files, path);
	return moved ? moved : path;
}

/* --- what an address is made of ----------------------------------------------------------------------------------------- */

/* LEAD STEM TAIL: a language with its slash or nothing, the name, and ".ru.md", "/", "/index.html" or nothing. Owned. */
typedef struct { char *lead, *stem, *tail; } Shape;

static void shape_clear (Shape *shape)
{
	g_free (shape->lead);
	g_free (shape->stem);
	g_free (shape->tail);
}

/* How long the language's ending is that PATH, LEN bytes, has: ".ru"; 0: none. */
static gsize language_ending (const RnSite *site, const char *path, gsize len)
{
	const char *dot = g_strrstr_len (path, (gssize) len, ".");
	g_autofree char *code = dot ? g_strndup (dot + 1, len - (gsize) (dot + 1 - path)) : NULL;
	return code && rn_site_language (site, code) ? strlen (code) + 1 : 0;
}

static gsize stem_length (const RnSite *site, const char *path)
{
	static const char *const folders[] = { "/_index", "/index", "/README" };
	gsize len = strlen (path);
	if (g_str_has_suffix (path, ".md")) {
		len -= 3;
		len -= language_ending (site, path, len);
		for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
			const gsize n = strlen (folders[i]);
			if (len > n && !strncmp (path + len - n, folders[i], n))
				return len - n;
		}
		return len;
	}
	if (g_str_has_suffix (path, "/index.html"))
		len -= strlen ("/index.html");
	while (len && path[len - 1] == '/')
		len--;
	return len;
}

static Shape shape_of (const RnMove *move, const char *path)
{
	const RnSite *site = rn_library_site (move->library);
	const gsize first = strcspn (path, "/"), len = stem_length (site, path);
	g_autofree char *code = g_strndup (path, first);
	const gsize lead = path[first] && first < len && rn_site_language (site, code) ? first + 1 : 0;
	return (Shape) { g_strndup (path, lead), g_strndup (path + lead, len - lead), g_strdup (path + len) };
}

/* URL without its language and slashes. */
static char *bare (const char *url)
{
	const char *p = strchr (url + 1, '/');
	g_autofree char *name = g_strdup (p ? p + 1 : "");
	for (gsize n = strlen (name); n && name[n - 1] == '/'; n--)
		name[n - 1] = 0;
	return g_steal_pointer (&name);
}

/* What stands for STEM of the page or file that moves; NULL: it is none of its names. */
static char *new_stem (const RnMove *move, const char *stem)
{
	if (!strcmp (stem, move->from))
		return g_strdup (move->to);
	for (guint i = 0; i < rn_library_site (move->library)->n_languages; i++) {
		g_autofree char *old = move->urls[i] ? bare (move->urls[i]) : NULL;
		if (old && !strcmp (old, stem))
			return move->to_urls[i] ? bare (move->to_urls[i]) : g_strdup (move->to);
	}
	return NULL;
}

/* --- writing one ---------------------------------------------------------------------------------------------------------- */

/* The way from the folder of the file FROM to the path TO, both inside the content. */
static char *way (const char *from, const char *to, gboolean dotted)
{
	gsize common = 0;
	g_autoptr (GString) out = g_string_new (NULL);
	for (gsize i = 0; from[i] && from[i] == to[i]; i++)
		if (to[i] == '/')
			common = i + 1;
	for (const char *p = from + common; (p = strchr (p, '/')); p++)
		g_string_append (out, "../");
	if (!out->len && dotted)
		g_string_append (out, "./");
	g_string_append (out, to + common);
	return g_strdup (out->str);
}

/* PATH as it can stand in an address: encoded where the old one was, else only what would end it there as a mark of Markdown or of addresses. */
static void put_path (GString *out, const char *path, gboolean encoded)
{
	if (encoded) {
		rn_path_encode (out, path);
		return;
	}
	for (const char *p = path; *p; p++)
		if (strchr (" ()<>[]\"\\%?#|`*", *p))
			g_string_append_printf (out, "%%%02X", (guchar) *p);
		else
			g_string_append_c (out, *p);
}

typedef struct {
	const RnMove *move;
	const RnPage *from;
	char       *path;            /* decoded, without SUFFIX */
	const char *suffix;          /* "#anchor", "?query": as written */
	gboolean    encoded, ours;   /* ours: it leads to what moves */
	const RnLink *link;
} Address;

/* The path inside the content that PATH of ours, or of a page that its reader leaves, becomes; NULL: no name of it is known. */
static char *moved (const Address *self, const char *path)
{
	if (!self->ours)
		return g_strdup (path);
	if (self->link->kind == RN_LINK_FILE)
		return g_strdup (g_hash_table_lookup (self->move->files, path));
	Shape shape = shape_of (self->move, path);
	g_autofree char *stem = new_stem (self->move, shape.stem);
	char *result = stem ? g_strconcat (shape.lead, stem, shape.tail, NULL) : NULL;
	shape_clear (&shape);
	return result;
}

/* Is PATH a name of what the address leads to? Of several readings of a relative address one alone is. */
static gboolean names_it (const Address *self, const char *path)
{
	const RnLink *link = self->link;
	if (self->ours) {
		g_autofree char *to = moved (self, path);
		return to != NULL;
	}
	if (link->kind == RN_LINK_FILE)
		return !strcmp (path, link->url + 1);
	if (link->kind != RN_LINK_PAGE)
		return TRUE;
	Shape shape = shape_of (self->move, path);
	g_autofree char *url = bare (link->page->url);
	const gboolean same = !strcmp (shape.stem, link->page->key) || !strcmp (shape.stem, url);
	shape_clear (&shape);
	return same;
}

/* PATH, which leads to WHOLE, leading to TO instead, where only what stands at its end differs: the way there is kept as it was gone. NULL: more differs. */
static char *same_way (const char *path, const char *whole, const char *to)
{
	gsize common = 0;
	for (gsize i = 0; whole[i] && whole[i] == to[i]; i++)
		if (to[i] == '/')
			common = i + 1;
	const gsize len = strlen (path) - MIN (strlen (path), strlen (whole + common));
	return g_str_has_suffix (path, whole + common) && (!len || path[len - 1] == '/') ? g_strdup_printf ("%.*s%s", (int) len, path, to + common) : NULL;
}

static char *relative (const Address *self)
{
	const RnMove *move = self->move;
	const char *path = self->path, *own = inside_of (move, self->from), *then = rn_move_file (move, self->from);
	const char *key_then = strcmp (self->from->key, move->from) || move->other ? self->from->key : move->to;
	g_autofree char *beside = g_strconcat (self->from->key, "/x", NULL), *beside_then = g_strconcat (key_then, "/x", NULL);
	const struct { const char *from, *then; } bases[] = { { own, then }, { beside, beside_then } };
	for (guint i = 0; i < G_N_ELEMENTS (bases); i++) {
		g_autofree char *whole = rn_path_join (bases[i].from, path);
		/* The path's last slash is lost in joining, and is the tail of its shape. */
		g_autofree char *tailed = whole && g_str_has_suffix (path, "/") && !g_str_has_suffix (whole, "/") ? g_strconcat (whole, "/", NULL) : g_strdup (whole);
		g_autofree char *to = tailed && names_it (self, tailed) ? moved (self, tailed) : NULL;
		g_autofree char *kept = to && !strcmp (bases[i].from, bases[i].then) ? same_way (path, tailed, to) : NULL;
		if (to)
			return kept ? g_steal_pointer (&kept) : way (bases[i].then, to, g_str_has_prefix (path, "./"));
	}
	return *path != '.' && names_it (self, path) ? moved (self, path) : NULL;
}

/* What stands behind the colon, should the scheme's folder still be the right one; NULL: it is not. */
static char *in_folder (const Address *self, const char *folder, const char *rest)
{
	g_autofree char *whole = g_strdup_printf ("%s/%s", folder, rest), *to = moved (self, whole), *prefix = g_strconcat (folder, "/", NULL);
	return to && g_str_has_prefix (to, prefix) ? g_strdup (to + strlen (prefix)) : NULL;
}

static void respell_scheme (const Address *self, const char *folder, gsize colon, const char *raw, GString *out)
{
	g_autofree char *rest = in_folder (self, folder, self->path + colon + 1);
	if (rest) {
		g_string_append_len (out, raw, (gssize) colon + 1);
		put_path (out, rest, self->encoded);
	} else {
		g_string_append_c (out, '/');
		put_path (out, self->move->to, self->encoded);
	}
}

static gboolean leads_to (const RnMove *move, const RnLink *link)
{
	if (link->kind == RN_LINK_FILE)
		return g_hash_table_contains (move->files, link->url + 1);
	return (link->kind == RN_LINK_HIDDEN && !move->file) || (link->kind == RN_LINK_PAGE && !strcmp (rn_page_of_text (link->page)->key, move->from));
}

/* The folder that a scheme of site.yaml's stands for, and where its colon is; NULL: ADDRESS has none. */
static const char *scheme_folder (const RnMove *move, const char *address, gsize *colon)
{
	g_autofree char *name = g_strndup (address, *colon = strcspn (address, ":/?#"));
	return address[*colon] == ':' ? rn_value_string (rn_value_get (rn_value_get (rn_library_site (move->library)->config, "link_schemes"), name)) : NULL;
}

static void read_address (Address *self, const char *address)
{
	const gsize len = strcspn (address, "?#");
	g_autofree char *path = g_strndup (address, len);
	g_autofree char *decoded = strchr (path, '%') ? g_uri_unescape_string (path, NULL) : NULL;
	const gboolean fine = decoded && g_utf8_validate (decoded, -1, NULL);
	self->encoded = fine;
	self->path = fine ? g_steal_pointer (&decoded) : g_steal_pointer (&path);
	self->suffix = self->ours && self->move->other ? "" : address + len;
}

char *rn_move_respell (const RnMove *move, const RnPage *from, const char *address, RnArena *arena)
{
	gsize colon;
	RnLink link = rn_link_resolve (move->library, from, address, arena);
	const char *folder = scheme_folder (move, address, &colon);
	const gboolean goes = from->file && strcmp (inside_of (move, from), rn_move_file (move, from));
	Address self = { .move = move, .from = from, .link = &link, .ours = leads_to (move, &link) };
	if (*address == '#' || link.kind == RN_LINK_EXTERNAL || link.kind == RN_LINK_REFUSED || (!self.ours && (!goes || *address == '/' || folder)))
		return NULL;
	read_address (&self, address);
	g_autoptr (GString) out = g_string_new (NULL);
	g_autofree char *to = NULL;
	if (folder && names_it (&self, (to = g_strdup_printf ("%s/%s", folder, self.path + colon + 1)))) {
		respell_scheme (&self, folder, colon, address, out);
	} else if (!folder) {
		to = *self.path == '/' ? moved (&self, self.path + 1) : from->file ? relative (&self) : NULL;
		if (to && *self.path == '/')
			g_string_append_c (out, '/');
		if (to)
			put_path (out, to, self.encoded);
	}
	/* By an old address of the page, seen from where it will not stand any more. */
	if (!out->len && goes && *self.path != '/' && link.kind == RN_LINK_PAGE)
		g_string_append_printf (out, "/%s", self.ours ? move->to : link.page->key);
	if (out->len)
		g_string_append (out, self.suffix);
	g_free (self.path);
	return out->len && strcmp (out->str, address) ? g_strdup (out->str) : NULL;
}

gboolean rn_move_concerns (const RnMove *move, const RnPage *from, const char *address, RnArena *arena)
{
	RnLink link = rn_link_resolve (move->library, from, address, arena);
	if (link.kind != RN_LINK_HIDDEN)
		return *address != '#' && leads_to (move, &link);
	g_autofree char *name = g_strndup (address, strcspn (address, "?#"));
	g_autofree char *plain = rn_move_rename (move, name);
	return plain != NULL;
}

char *rn_move_rename (const RnMove *move, const char *text)
{
	const char *inside = *text == '/' ? text + 1 : text;
	const gsize len = strcspn (inside, "#");
	g_autofree char *name = g_strndup (inside, len);
	const gboolean slash = len > 1 && name[len - 1] == '/';
	if (slash)
		name[len - 1] = 0;
	return strcmp (name, move->from) ? NULL : g_strconcat (inside > text ? "/" : "", move->to, slash ? "/" : "", move->other ? "" : inside + len, NULL);
}
