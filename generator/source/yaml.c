/*
 * yaml.c - libyaml's events into values.
 *
 * In: the text of one document. Out: a tree in the caller's arena, or NULL and a diagnostic. An alias shares the value
 * that it names, so that expansion costs no memory; what a reader of the tree would walk through is counted
 * instead, and a tree that pretends to be larger than its limits is refused. Nesting is bounded, so recursion is.
 */
#include "source/yaml-int.h"

#include "base/text.h"
#include "base/words.h"

#include <string.h>

#define MAX_DEPTH 50
#define MAX_ALIAS_NODES 10000

typedef struct {
	char          *name;
	const RnValue *value;
	guint          nodes, depth;        /* of the value: what an alias adds */
} Anchor;

typedef struct {
	yaml_parser_t  parser;
	RnArena       *arena;
	RnDiagnostics *sink;
	RnPlace        where;
	const char    *text;
	gsize          len;
	GArray        *anchors;             /* NULL until one is met */
	GPtrArray     *items;               /* of all open lists, innermost last */
	GArray        *pairs;               /* of all open maps, likewise */
	guint          depth, deepest;      /* of the place now; the largest below the innermost anchor */
	guint          nodes, alias_nodes;
} Reader;

static const RnValue *read_node (Reader *r, yaml_event_t *event);

static RnPlace place_of (const Reader *r, yaml_mark_t mark)
{
	return RN_PLACE (r->where.file, r->where.line + mark.line, mark.column + 1);
}

static RnValue *new_value (Reader *r, RnKind kind, yaml_mark_t mark)
{
	RnValue *value = rn_arena_new0 (r->arena, RnValue);

	value->kind = (guint8) kind;
	value->line = r->where.line + (guint32) mark.line;
	value->col = (guint16) MIN (mark.column + 1, G_MAXUINT16);
	r->nodes++;
	return value;
}

/* The next event, which the caller deletes; FALSE: the YAML is broken and that has been told. */
static gboolean next_event (Reader *r, yaml_event_t *event)
{
	if (yaml_parser_parse (&r->parser, event))
		return TRUE;
	rn_yaml_tell_problem (&r->parser, r->text, r->len, r->where, r->sink);
	return FALSE;
}

static const RnValue *read_scalar (Reader *r, const yaml_event_t *event)
{
	const char *text = (const char *) event->data.scalar.value, *tag = (const char *) event->data.scalar.tag;
	gsize       len = event->data.scalar.length;
	RnValue    *value = new_value (r, RN_NULL, event->start_mark);

	/* "\0" in double quotes is YAML, and no text that anything of ours can hold. */
	if (memchr (text, '\0', len)) {
		rn_diagnose (r->sink, RN_D_YAML_SYNTAX, place_of (r, event->start_mark),
		             _("the value holds the invisible sign \\0; take it out"));
		len = strlen (text);
	}
	gboolean text_tag = tag && (strcmp (tag, "!") == 0 || strcmp (tag, YAML_STR_TAG) == 0);
	const char *copy = rn_arena_strndup (r->arena, text, (gssize) len);
	if (event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && !text_tag) {
		if (!rn_yaml_resolve (value, copy, len)) {
			rn_diagnose (r->sink, RN_D_YAML_DATE, place_of (r, event->start_mark), copy);
			value->told = 1;
		}
	} else {
		value->kind = RN_STRING;
		value->quoted = 1;
		value->n = (guint32) len;
		value->string = copy;
	}
	return value;
}

static Anchor *find_anchor (Reader *r, const char *name)
{
	/* The last one of a name counts, as YAML has it. */
	for (guint i = r->anchors ? r->anchors->len : 0; i-- > 0;)
		if (strcmp (g_array_index (r->anchors, Anchor, i).name, name) == 0)
			return &g_array_index (r->anchors, Anchor, i);
	return NULL;
}

static const RnValue *read_alias (Reader *r, const yaml_event_t *event)
{
	const char   *name = (const char *) event->data.alias.anchor;
	const Anchor *anchor = find_anchor (r, name);

	if (anchor == NULL) {
		g_autofree char *problem = g_strdup_printf ("'*%s' refers to nothing; text that begins with * must stand in quotes", name);
		rn_diagnose (r->sink, RN_D_YAML_SYNTAX, place_of (r, event->start_mark), problem);
		return NULL;
	}
	r->alias_nodes += anchor->nodes;
	r->nodes += anchor->nodes;
	r->deepest = MAX (r->deepest, r->depth + anchor->depth);
	if (r->alias_nodes > MAX_ALIAS_NODES || r->depth + anchor->depth > MAX_DEPTH) {
		rn_diagnose (r->sink, RN_D_YAML_BOMB, place_of (r, event->start_mark),
		             r->alias_nodes > MAX_ALIAS_NODES ? _("its aliases (*) repeat more than 10,000 values") : _("more than 50 levels"));
		return NULL;
	}
	return anchor->value;
}

static const RnValue *read_list (Reader *r, yaml_mark_t mark)
{
	RnValue     *value = new_value (r, RN_LIST, mark);
	guint        begin = r->items->len;
	yaml_event_t event;

	for (;;) {
		if (!next_event (r, &event))
			return NULL;
		if (event.type == YAML_SEQUENCE_END_EVENT)
			break;
		const RnValue *item = read_node (r, &event);
		if (item == NULL)
			return NULL;
		g_ptr_array_add (r->items, (gpointer) item);
	}
	yaml_event_delete (&event);
	value->n = r->items->len - begin;
	const RnValue **items = rn_arena_newn (r->arena, const RnValue *, value->n);
	if (value->n)
		memcpy (items, r->items->pdata + begin, value->n * sizeof *items);
	value->items = items;
	g_ptr_array_set_size (r->items, (gint) begin);
	return value;
}

/* Tells keys that stand twice and keeps the first of each; a table only where a map is too large to compare all with all. */
static guint32 drop_duplicates (Reader *r, RnPair *pairs, guint32 n)
{
	g_autoptr (GHashTable) seen = n > 32 ? g_hash_table_new (g_str_hash, g_str_equal) : NULL;
	guint32 kept = 0;

	for (guint32 i = 0; i < n; i++) {
		const RnPair *first = seen ? g_hash_table_lookup (seen, pairs[i].name) : NULL;

		for (guint32 k = 0; !seen && !first && k < kept; k++)
			if (strcmp (pairs[k].name, pairs[i].name) == 0)
				first = &pairs[k];
		if (first) {
			char line[16];

			g_snprintf (line, sizeof line, "%u", first->line);
			rn_diagnose (r->sink, RN_D_YAML_DUPLICATE, RN_PLACE (r->where.file, pairs[i].line, pairs[i].col), pairs[i].name,
			             line);
			continue;
		}
		pairs[kept] = pairs[i];
		if (seen)
			g_hash_table_insert (seen, (gpointer) pairs[kept].name, &pairs[kept]);
		kept++;
	}
	return kept;
}

/* The key's text in the arena; NULL where it is no key of ours: told, and the entry is passed over. */
static const char *key_name (Reader *r, const yaml_event_t *event)
{
	const char *text = (const char *) event->data.scalar.value;
	const char *problem = NULL;

	if (event->type != YAML_SCALAR_EVENT)
		problem = "a field's name must be plain text; a value that begins with { or [ or * must stand in quotes";
	else if (strcmp (text, "<<") == 0 && event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
		problem = "'<<' (merging of fields) is not supported; write the fields out";
	else if (*text == '\0' || strlen (text) != event->data.scalar.length)
		problem = "a field has no name before the colon";
	if (problem) {
		rn_diagnose (r->sink, RN_D_YAML_SYNTAX, place_of (r, event->start_mark), problem);
		return NULL;
	}
	return rn_arena_strndup (r->arena, text, (gssize) event->data.scalar.length);
}

static const RnValue *read_map (Reader *r, yaml_mark_t mark)
{
	RnValue     *value = new_value (r, RN_MAP, mark);
	guint        begin = r->pairs->len;
	yaml_event_t event;

	for (;;) {
		if (!next_event (r, &event))
			return NULL;
		if (event.type == YAML_MAPPING_END_EVENT)
			break;
		RnPlace at = place_of (r, event.start_mark);
		RnPair  pair = { key_name (r, &event), NULL, at.line, at.col };
		/* Also a key that is no text is read to its end (and may be anchored). */
		gboolean plain = event.type == YAML_SCALAR_EVENT && event.data.scalar.anchor == NULL;
		if (plain)
			yaml_event_delete (&event);
		else if (read_node (r, &event) == NULL)
			return NULL;
		if (!next_event (r, &event) || (pair.value = read_node (r, &event)) == NULL)
			return NULL;
		if (pair.name)
			g_array_append_val (r->pairs, pair);
	}
	yaml_event_delete (&event);
	value->n = r->pairs->len - begin;
	RnPair *pairs = rn_arena_newn (r->arena, RnPair, value->n);
	if (value->n)
		memcpy (pairs, &g_array_index (r->pairs, RnPair, begin), value->n * sizeof *pairs);
	value->n = drop_duplicates (r, pairs, value->n);
	value->pairs = pairs;
	g_array_set_size (r->pairs, begin);
	return value;
}

static const char *anchor_name (const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT: return (const char *) event->data.scalar.anchor;
	case YAML_SEQUENCE_START_EVENT: return (const char *) event->data.sequence_start.anchor;
	case YAML_MAPPING_START_EVENT: return (const char *) event->data.mapping_start.anchor;
	default: return NULL;
	}
}

static const RnValue *read_inner (Reader *r, const yaml_event_t *event)
{
	const RnValue *value = NULL;

	switch (event->type) {
	case YAML_SCALAR_EVENT: return read_scalar (r, event);
	case YAML_ALIAS_EVENT: return read_alias (r, event);
	default: break;
	}
	r->depth++;
	r->deepest = MAX (r->deepest, r->depth);
	if (r->depth > MAX_DEPTH)
		rn_diagnose (r->sink, RN_D_YAML_BOMB, place_of (r, event->start_mark), _("more than 50 levels"));
	else if (event->type == YAML_SEQUENCE_START_EVENT)
		value = read_list (r, event->start_mark);
	else
		value = read_map (r, event->start_mark);
	r->depth--;
	return value;
}

/* The value that begins with EVENT, which is deleted. NULL: reading stops, the reason has been told. */
static const RnValue *read_node (Reader *r, yaml_event_t *event)
{
	const char *name = anchor_name (event);
	guint       nodes = r->nodes, deepest = r->deepest;

	if (name == NULL) {
		const RnValue *value = read_inner (r, event);
		yaml_event_delete (event);
		return value;
	}
	Anchor anchor = { .name = rn_arena_strndup (r->arena, name, -1) };
	r->deepest = r->depth;
	anchor.value = read_inner (r, event);
	anchor.nodes = r->nodes - nodes;
	anchor.depth = r->deepest - r->depth;
	r->deepest = MAX (r->deepest, deepest);
	yaml_event_delete (event);
	if (r->anchors == NULL)
		r->anchors = g_array_new (FALSE, FALSE, sizeof (Anchor));
	g_array_append_val (r->anchors, anchor);
	return anchor.value;
}

static const RnValue *read_document (Reader *r)
{
	const RnValue *value = NULL;
	yaml_event_t   event;
	yaml_mark_t    start = { 0 };

	for (;;) {
		if (!next_event (r, &event))
			return NULL;
		yaml_event_type_t type = event.type;
		yaml_mark_t       mark = event.start_mark;

		if (type == YAML_STREAM_START_EVENT || type == YAML_DOCUMENT_END_EVENT || (type == YAML_DOCUMENT_START_EVENT && !value)) {
			yaml_event_delete (&event);
			continue;
		}
		if (type == YAML_STREAM_END_EVENT || type == YAML_DOCUMENT_START_EVENT) {
			yaml_event_delete (&event);
			if (type == YAML_DOCUMENT_START_EVENT)
				rn_diagnose (r->sink, RN_D_YAML_SYNTAX, place_of (r, mark),
				             _("a second document (---) begins here; what follows is not read"));
			break;
		}
		value = read_node (r, &event);
		if (value == NULL)
			return NULL;
	}
	return value && value->kind != RN_NULL ? value : new_value (r, RN_MAP, start);
}

const RnValue *rn_yaml_read_any (RnArena *arena, const char *text, gsize len, RnPlace where, RnDiagnostics *sink)
{
	Reader r = { .arena = arena, .sink = sink, .where = where };

	if (len >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0) {
		text += 3;
		len -= 3;
	}
	if (!yaml_parser_initialize (&r.parser))
		g_error ("out of memory");
	r.text = text;
	r.len = len;
	r.items = g_ptr_array_new ();
	r.pairs = g_array_new (FALSE, FALSE, sizeof (RnPair));
	yaml_parser_set_encoding (&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string (&r.parser, (const unsigned char *) text, len);
	const RnValue *value = read_document (&r);
	yaml_parser_delete (&r.parser);
	g_ptr_array_free (r.items, TRUE);
	g_array_free (r.pairs, TRUE);
	if (r.anchors)
		g_array_free (r.anchors, TRUE);
	return value;
}

const RnValue *rn_yaml_parse (RnArena *arena, const char *text, gsize len, RnPlace where, RnDiagnostics *sink)
{
	gssize invalid = rn_text_invalid_at (text, len);

	where.line = MAX (where.line, 1);
	if (invalid >= 0) {
		char  at[24];
		guint line, col;

		rn_text_position (text, len, (gsize) invalid, &line, &col);
		g_snprintf (at, sizeof at, "%" G_GSSIZE_FORMAT, invalid);
		rn_diagnose (sink, RN_D_ENCODING, RN_PLACE (where.file, where.line + line - 1, col), at, "");
		return NULL;
	}
	const RnValue *value = rn_yaml_read_plain (arena, text, len, where.line);
	return value ? value : rn_yaml_read_any (arena, text, len, where, sink);
}
