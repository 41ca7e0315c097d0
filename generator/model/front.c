/* front.c - the front matter of one page -> its fields. Thread-safe: it touches the page and its reader's arena alone. */
#include "base/text.h"
#include "base/words.h"
#include "model/library-int.h"
#include "model/link.h"
#include "source/yaml.h"

#include <string.h>
#define HEAD 3072                        /* most front matter and a first heading are within it */
#define MAX_FRONT ((gsize) 1 << 20)
#define SIEVED 16384                     /* most files are within it */

enum { TITLE, DESCRIPTION, DATE, LASTMOD, PUBLISH, EXPIRY, DRAFT, WEIGHT, ALIASES, TAGS, SLUG, TYPE, LAYOUT, REVIEWED, REVIEW_EVERY, OWNER, SOURCES,
	AUDIENCE, STATUS, TRANSLATES, RELATED, SUMMARY, TOC, SPLIT, SEARCH, SENSITIVE, SOURCE_LANGUAGE, PASSED };

/* Sorted without regard to case. PASSED: known to others' tools, of no meaning here. */
static const struct { const char *name; int field; } common[] = {
	{ "aliases", ALIASES }, { "audience", AUDIENCE }, { "date", DATE }, { "description", DESCRIPTION }, { "draft", DRAFT }, { "expirydate", EXPIRY },
	{ "imported", PASSED }, { "keywords", PASSED }, { "lastmod", LASTMOD }, { "layout", LAYOUT }, { "owner", OWNER }, { "publishdate", PUBLISH }, { "related", RELATED },
	{ "review_every", REVIEW_EVERY }, { "reviewed", REVIEWED }, { "search", SEARCH }, { "sensitive", SENSITIVE }, { "slug", SLUG }, { "source_language", SOURCE_LANGUAGE },
	{ "sources", SOURCES }, { "split", SPLIT }, { "status", STATUS }, { "summary", SUMMARY }, { "tags", TAGS }, { "title", TITLE }, { "toc", TOC },
	{ "translates", TRANSLATES }, { "type", TYPE }, { "weight", WEIGHT },
};

static int common_field (const char *name)
{
	guint low = 0, high = G_N_ELEMENTS (common);
	while (low < high) {
		guint middle = (low + high) / 2;
		int order = g_ascii_strcasecmp (name, common[middle].name);
		if (!order)
			return common[middle].field;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return -1;
}

const RnValue *rn_front_get (const RnValue *front, const char *name)
{
	for (guint i = 0; front && front->kind == RN_MAP && i < front->n; i++)
		if (!g_ascii_strcasecmp (front->pairs[i].name, name))
			return front->pairs[i].value;
	return NULL;
}

typedef struct {
	RnLibrary *library;
	Entry *entry;
	RnArena *arena;
	gsize size;          /* of the file */
	gboolean whole;      /* the bytes that were read are all of it */
	gboolean scripted;   /* a plugin gave the values: its dates are seconds */
} Reader;

static RnPlace place_of (const Reader *reader, const RnValue *value)
{
	return rn_page_place (&reader->entry->page, value->line, value->col);
}

static void wrong_kind (const Reader *reader, const char *name, const RnValue *value, const char *wanted)
{
	rn_diagnose (reader->library->sink, RN_D_FIELD_KIND, place_of (reader, value), name, _(wanted), rn_kind_name ((RnKind) value->kind));
}

/* TEXT on one line and without control characters, which no HTML or XML may hold. */
static const char *one_line (RnArena *arena, const char *text)
{
	const char *p = text;
	while (*p && (guchar) *p >= ' ' && *p != 0x7f)
		p++;
	if (!*p)
		return text;
	char *clean = rn_arena_strndup (arena, text, -1);
	for (char *q = clean; *q; q++)
		if ((guchar) *q < ' ' || *q == 0x7f)
			*q = ' ';
	return g_strchomp (clean);
}

static const char *text_value (const Reader *reader, const char *name, const RnValue *value)
{
	if (value->kind == RN_STRING)
		return *value->string ? one_line (reader->arena, value->string) : NULL;
	if (value->kind == RN_INT || value->kind == RN_FLOAT || value->kind == RN_DATE || value->kind == RN_BOOL) {
		g_autofree char *text = rn_value_text (value);
		return rn_arena_strndup (reader->arena, text, -1);
	}
	if (value->kind != RN_NULL)
		wrong_kind (reader, name, value, "a text");
	return NULL;
}

/* 0: none, or told. */
static gint64 date_value (const Reader *reader, const char *name, const RnValue *value)
{
	gint64 seconds;
	gboolean has_time;
	if (value->kind == RN_DATE)
		return value->date;
	if (value->kind == RN_NULL || (value->kind == RN_STRING && !*value->string))
		return 0;
	if (value->kind == RN_STRING && rn_date_parse (value->string, &seconds, &has_time))
		return seconds;
	rn_diagnose (value->told ? NULL : reader->library->sink, RN_D_DATE_FIELD, place_of (reader, value), name);
	return 0;
}

/* A date on which it hangs whether the page is shown. One that cannot be read must not show what is over. */
static gint64 term_value (Reader *reader, const char *name, const RnValue *value)
{
	gint64 seconds = date_value (reader, name, value);
	gboolean given = value->kind != RN_NULL && value->kind != RN_DATE && !(value->kind == RN_STRING && !*value->string);
	if (given && !seconds) {
		g_autofree char *why = g_strdup_printf ("'%s' is no date", name);
		rn_diagnose (reader->library->sink, RN_D_PAGE_BROKEN, place_of (reader, value), why);
		reader->entry->hidden = "broken";
		reader->entry->term_unclear = TRUE;
	}
	return seconds;
}

/* UNCLEAR: what holds where it is neither true nor false, which is told. */
static gboolean flag_value (const Reader *reader, const char *name, const RnValue *value, gboolean unclear)
{
	if (value->kind != RN_BOOL && value->kind != RN_NULL) {
		wrong_kind (reader, name, value, "true or false");
		return unclear;
	}
	return rn_value_bool (value, FALSE);
}

/* A text, or {title, url, date}; a web address alone is its own title. FALSE: nothing to show. */
static gboolean read_source (Reader *reader, const RnValue *item, RnSource *source)
{
	*source = (RnSource) { 0 };
	if (item->kind == RN_MAP) {
		const RnValue *title = rn_value_get (item, "title"), *url = rn_value_get (item, "url"), *date = rn_value_get (item, "date");
		source->url = url ? text_value (reader, "sources.url", url) : NULL;
		source->title = title ? text_value (reader, "sources.title", title) : NULL;
		source->date = date ? date_value (reader, "sources.date", date) : 0;
		if (!title && !url)
			wrong_kind (reader, "sources", item, "a text, or title and url");
	} else {
		source->title = text_value (reader, "sources", item);
		if (source->title && (g_str_has_prefix (source->title, "https://") || g_str_has_prefix (source->title, "http://")))
			source->url = source->title;
	}
	if (!source->title)
		source->title = source->url;
	if (source->url && !rn_link_scheme_allowed (source->url)) {
		rn_diagnose (reader->library->sink, RN_D_LINK_UNSAFE, place_of (reader, item), source->url);
		source->url = NULL;
	}
	return source->title != NULL;
}

static void read_sources (Reader *reader, const RnValue *value)
{
	guint n = value->kind == RN_LIST ? value->n : value->kind != RN_NULL, kept = 0;
	RnSource *list = rn_arena_newn (reader->arena, RnSource, n);
	for (guint i = 0; i < n; i++)
		kept += read_source (reader, value->kind == RN_LIST ? value->items[i] : value, &list[kept]);
	reader->entry->page.sources = kept ? list : NULL;
	reader->entry->page.n_sources = kept;
}

static void read_weight (Reader *reader, const RnValue *value)
{
	char *end = NULL;
	double weight = rn_value_real (value, 0);
	if (value->kind == RN_STRING && *value->string)
		weight = (double) g_ascii_strtoll (value->string, &end, 10); /* "10": other generators take it so */
	if (value->kind == RN_INT || value->kind == RN_FLOAT || (end && !*end))
		reader->entry->page.weight = (gint32) CLAMP (weight, -1e9, 1e9);
	else if (value->kind != RN_NULL)
		wrong_kind (reader, "weight", value, "a number");
}

static void read_common (Reader *reader, int field, const char *name, const RnValue *value)
{
	Entry *entry = reader->entry;
	RnPage *page = &entry->page;
	switch (field) {
	case TITLE: page->title = text_value (reader, name, value); break;
	case DESCRIPTION: page->description = text_value (reader, name, value); break;
	case SUMMARY: page->description = page->description ? page->description : text_value (reader, name, value); break;
	case DATE: page->date = date_value (reader, name, value); break;
	case LASTMOD: page->lastmod = date_value (reader, name, value); break;
	case PUBLISH: page->publish = term_value (reader, name, value); break;
	case EXPIRY: page->expires = term_value (reader, name, value); break;
	case REVIEWED: page->reviewed = date_value (reader, name, value); break;
	case DRAFT: page->draft = flag_value (reader, name, value, TRUE); break;
	case SEARCH: page->unsearched = value->kind != RN_NULL && !flag_value (reader, name, value, TRUE); break;
	case SENSITIVE: page->sensitive = flag_value (reader, name, value, TRUE); break;
	case SPLIT: entry->undivided = value->kind != RN_NULL && !flag_value (reader, name, value, TRUE); break;
	case TOC: page->toc = value->kind == RN_NULL || flag_value (reader, name, value, TRUE); break;
	case WEIGHT: read_weight (reader, value); break;
	case SLUG: entry->slug = text_value (reader, name, value); break;
	case LAYOUT: page->layout = text_value (reader, name, value); break;
	case OWNER: page->owner = text_value (reader, name, value); break;
	case STATUS: page->status = text_value (reader, name, value); break;
	case TRANSLATES: entry->translates = text_value (reader, name, value); break;
	case REVIEW_EVERY: entry->review_every = text_value (reader, name, value); break;
	case SOURCE_LANGUAGE: entry->source_language = text_value (reader, name, value); break;
	case SOURCES: read_sources (reader, value); break;
	case ALIASES: entry->aliases = value; break;
	case TAGS: entry->tags = value; break;
	case RELATED: entry->related = value; break;
	case AUDIENCE: entry->audience = value; break;
	default: break;
	}
}

/* The type that the front matter names, where there is such a one; else its folder's stays. */
static void choose_type (Reader *reader, const RnValue *front)
{
	const char *name = rn_value_string (rn_front_get (front, "type"));
	const RnType *type = name ? rn_library_type (reader->library, name) : NULL;
	if (type)
		reader->entry->page.type = type;
}

/* What a script has for a date, as one. */
static const RnValue *as_date (const Reader *reader, int known, const RnField *field, const RnValue *value)
{
	static const guint32 dates = 1u << DATE | 1u << LASTMOD | 1u << PUBLISH | 1u << EXPIRY | 1u << REVIEWED;
	gboolean wanted = (known >= 0 && dates >> known & 1) || (field && field->type == RN_FIELD_DATE);
	if (!reader->scripted || !wanted || value->kind != RN_INT)
		return value;
	RnValue *date = rn_arena_new0 (reader->arena, RnValue);
	*date = (RnValue) { .kind = RN_DATE, .line = value->line, .col = value->col, .n = value->integer % 86400 != 0, .date = value->integer };
	return date;
}

/* FALSE: neither the schema nor the common fields know it. */
static gboolean read_pair (Reader *reader, const RnPair *pair)
{
	RnPage *page = &reader->entry->page;
	const RnField *field = rn_type_field (page->type, pair->name);
	int known = common_field (pair->name);
	const RnValue *value = as_date (reader, known, field, pair->value);
	if (known >= 0)
		read_common (reader, known, pair->name, value);
	/* A schema may declare a common field too, to require it or to share it: both read it, and one fault is told once. */
	if (field)
		page->fields[field - page->type->fields] = rn_field_read (field, value, reader->arena, page->file, reader->library->sink);
	return field || known >= 0;
}

static void read_fields (Reader *reader, const RnValue *front)
{
	Entry *entry = reader->entry;
	RnPage *page = &entry->page;
	choose_type (reader, front);
	if (page->type->n_fields)
		page->fields = rn_arena_newn (reader->arena, const RnValue *, page->type->n_fields);
	for (guint i = 0; i < front->n; i++) {
		const RnPair *pair = &front->pairs[i];
		if (read_pair (reader, pair) || entry->index)
			continue;
		if (!entry->unknown)
			entry->unknown = rn_arena_newn (reader->arena, const RnPair *, front->n);
		entry->unknown[entry->n_unknown++] = pair;
	}
}

/* LINE, a heading's words, without what Markdown marks in them: emphasis, code, a link's address, {#its-name}. In place. */
static void strip_marks (char *line)
{
	char *out = line, *id = strrchr (line, '{');
	if (id && id[1] == '#' && g_str_has_suffix (id, "}"))
		*id = 0;
	for (const char *p = line; *p; p++) {
		const char *address = *p == ']' && p[1] == '(' ? strchr (p, ')') : NULL;
		if (address)
			p = address;
		else if (*p == '\\' && g_ascii_ispunct (p[1]))
			*out++ = *++p;
		else if (!strchr ("*`[", *p))
			*out++ = *p;
	}
	*out = 0;
	g_strstrip (line);
}

/* The heading of level 1 with which the body begins: "# Words", or words above a line of "="; NULL. WHOLE: the body ends with LEN. */
static const char *first_heading (RnArena *arena, const char *body, gsize len, gboolean whole)
{
	const char *end = body + len;
	while (body < end && (*body == '\n' || *body == '\r'))
		body++;
	const char *stop = memchr (body, '\n', (gsize) (end - body));
	if (!stop && whole)
		stop = end;
	if (!stop || end - body < 3)
		return NULL;
	gboolean sharp = body[0] == '#' && (body[1] == ' ' || body[1] == '\t');
	if (!sharp && !(end - stop > 3 && !strncmp (stop, "\n===", 4) && (g_ascii_isalnum (*body) || (guchar) *body >= 0x80)))
		return NULL;
	g_autofree char *line = g_strndup (body + 2 * sharp, (gsize) (stop - body) - 2 * sharp);
	if (!g_utf8_validate (line, -1, NULL))
		return NULL;
	g_strstrip (line);
	gsize n = strlen (line);
	while (sharp && n && line[n - 1] == '#')
		line[--n] = 0;
	g_strchomp (line);
	strip_marks (line);
	return *line ? one_line (arena, rn_arena_strndup (arena, line, -1)) : NULL;
}

const char *rn_title_of_key (RnArena *arena, const char *key)
{
	const char *slash = strrchr (key, '/');
	g_autofree char *name = g_strdup (slash ? slash + 1 : key);
	for (char *p = name; *p; p++)
		if (*p == '-' || *p == '_')
			*p = ' ';
	if (!*name)
		return "";
	char first[8] = "";
	gint n = g_unichar_to_utf8 (g_unichar_totitle (g_utf8_get_char (name)), first);
	return rn_arena_printf (arena, "%.*s%s", n, first, g_utf8_next_char (name));
}

/* What has no shape, or turns the direction of writing for what follows. Joiners, which scripts and emoji need, stay. */
static gboolean is_hidden (gunichar c)
{
	return c == 0x200b || c == 0x2060 || c == 0xfeff || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* The page's title without characters that nobody sees, which are told at WHERE. */
static void show_title (Reader *reader, RnPlace where)
{
	RnPage *page = &reader->entry->page;
	GString *clean = NULL;
	for (const char *p = page->title; *p; p = g_utf8_next_char (p)) {
		gunichar c = g_utf8_get_char (p);
		if (is_hidden (c) && !clean) {
			g_autofree char *name = g_strdup_printf ("U+%04X", c);
			rn_diagnose (reader->library->sink, RN_D_TITLE_HIDDEN, where, name);
			clean = g_string_new_len (page->title, p - page->title);
		} else if (clean && !is_hidden (c)) {
			g_string_append_unichar (clean, c);
		}
	}
	if (!clean)
		return;
	page->title = rn_arena_strndup (reader->arena, clean->str, (gssize) clean->len);
	g_string_free (clean, TRUE);
}

const char *rn_title_cut (RnArena *arena, const char *text)
{
	/* A character has a byte at least. */
	if (strlen (text) <= RN_TITLE_MAX || g_utf8_strlen (text, -1) <= RN_TITLE_MAX)
		return text;
	const char *end = g_utf8_offset_to_pointer (text, RN_TITLE_MAX - 1), *space = g_strrstr_len (text, end - text, " ");
	/* One long word is cut in it. */
	end = space && space > text + (end - text) / 2 ? space : end;
	return rn_arena_printf (arena, "%.*s…", (int) (end - text), text);
}

static void cut_title (Reader *reader, RnPlace where)
{
	RnPage *page = &reader->entry->page;
	const char *cut = rn_title_cut (reader->arena, page->title);
	if (cut == page->title)
		return;
	g_autofree char *count = g_strdup_printf ("%ld", g_utf8_strlen (page->title, -1)), *most = g_strdup_printf ("%d", RN_TITLE_MAX);
	rn_diagnose (reader->library->sink, RN_D_TITLE_LONG, where, count, most);
	page->whole_title = page->title;
	page->title = cut;
}

/* BODY: the text behind the front matter, as far as it is read. */
static void settle_title (Reader *reader, const char *body, gsize len)
{
	RnPage *page = &reader->entry->page;
	const RnValue *value = rn_front_get (page->front, "title");
	RnPlace where = rn_page_place (page, page->body_line, 1);
	if (page->title && value)
		where = place_of (reader, value);
	if (!page->title && len)
		page->title = first_heading (reader->arena, body, len, reader->whole);
	if (page->title) {
		show_title (reader, where);
		cut_title (reader, where);
	}
	if (page->title && *page->title)
		return;
	page->title = rn_title_of_key (reader->arena, page->key);
	reader->entry->untitled = TRUE;
	if (!reader->entry->index && !reader->entry->hidden)
		rn_diagnose (reader->library->sink, RN_D_TITLE_MISSING, rn_page_place (page, 1, 1));
}

static gboolean sieved (const RnSite *site)
{
	return site->n_plugins > 0;
}

/* Reads enough of the file that its front matter is whole; where plugins may look for words in files, most of them to their end. */
static gboolean read_head (Reader *reader, GString *text, RnFrontMatter *found, GError **error)
{
	RnTree *tree = reader->library->site->tree;
	guint index = reader->entry->page.tree_index;
	gsize size = 0;
	if (!rn_tree_read (tree, index, sieved (reader->library->site) ? SIEVED : HEAD, G_MAXSIZE, text, &size, error))
		return FALSE;
	rn_front_matter_find (text->str, text->len, found);
	if (found->open && size > text->len) {
		if (!rn_tree_read (tree, index, MAX_FRONT, G_MAXSIZE, text, &size, error))
			return FALSE;
		rn_front_matter_find (text->str, text->len, found);
	}
	reader->size = size;
	reader->whole = size <= text->len;
	return TRUE;
}

void rn_front_read (RnLibrary *library, Entry *entry, RnArena *arena, GString *text)
{
	Reader reader = { .library = library, .entry = entry, .arena = arena };
	RnPage *page = &entry->page;
	RnFrontMatter found = { 0 };
	g_autoptr (GError) why = NULL;
	page->title = NULL; /* until it is found */
	if (!read_head (&reader, text, &found, &why)) {
		rn_diagnose (library->sink, RN_D_FILE_UNREADABLE, RN_PLACE (page->file, 0, 0), why->message);
		entry->hidden = "broken";
	} else if (found.open) {
		rn_diagnose (library->sink, RN_D_FRONT_OPEN, RN_PLACE (page->file, 1, 1));
		entry->hidden = "broken";
	}
	if (!entry->hidden) {
		page->body = (guint32) found.body;
		page->body_line = found.body_line;
		entry->text_bytes = reader.size - found.body;
		page->head_hash = rn_text_hash (text->str, found.body);
		entry->toml = found.toml;
	}
	if (!entry->hidden && found.yaml_len) {
		guint32 line = g_str_has_prefix (text->str, "\xef\xbb\xbf") || *text->str == '-' ? 2 : 1;
		page->front = rn_yaml_parse (arena, text->str + found.yaml, found.yaml_len, RN_PLACE (page->file, line, 1), library->sink);
		if (page->front && page->front->kind != RN_MAP && page->front->kind != RN_NULL) {
			rn_diagnose (library->sink, RN_D_YAML_SYNTAX, RN_PLACE (page->file, page->front->line, page->front->col), _("it must be lines of name: value"));
			page->front = NULL;
		}
		if (page->front && page->front->kind == RN_MAP)
			read_fields (&reader, page->front);
		else if (!page->front)
			entry->hidden = "broken";
	}
	if (reader.whole && sieved (library->site))
		page->sieve = rn_sieve_new (arena, text->str, text->len);
	settle_title (&reader, text->str + page->body, text->len > page->body ? text->len - page->body : 0);
}

void rn_front_take (RnLibrary *library, Entry *entry, RnArena *arena)
{
	Reader reader = { .library = library, .entry = entry, .arena = arena, .size = entry->page.text_len, .whole = TRUE, .scripted = TRUE };
	RnPage *page = &entry->page;
	page->title = NULL;
	page->body_line = 1;
	entry->text_bytes = page->text_len;
	read_fields (&reader, page->front);
	settle_title (&reader, page->text, page->text_len);
}

/* What a pair or an address hangs on is settled when plugins look. */
static gboolean is_settled (int known)
{
	return known == TITLE || known == SLUG || known == TYPE || known == DRAFT || known == TRANSLATES || known == SOURCE_LANGUAGE;
}

void rn_front_set (RnLibrary *library, Entry *entry, const RnValue *map, RnArena *arena)
{
	Reader reader = { .library = library, .entry = entry, .arena = arena, .scripted = TRUE };
	RnPage *page = &entry->page;
	if (page->type->n_fields && !page->fields)
		page->fields = rn_arena_newn (arena, const RnValue *, page->type->n_fields);
	for (guint i = 0; i < map->n; i++) {
		const RnPair *pair = &map->pairs[i];
		if (is_settled (common_field (pair->name)))
			wrong_kind (&reader, pair->name, pair->value, "written in the page itself");
		else if (!read_pair (&reader, pair))
			rn_diagnose (library->sink, RN_D_FIELD_UNKNOWN, place_of (&reader, pair->value), *page->type->name ? page->type->name : "page", pair->name, "", "");
	}
}

void rn_front_names (GPtrArray *names)
{
	for (guint i = 0; i < G_N_ELEMENTS (common); i++)
		if (common[i].field != PASSED)
			g_ptr_array_add (names, (gpointer) common[i].name);
}
