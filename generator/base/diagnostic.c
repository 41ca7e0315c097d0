/* diagnostic.c - templates and arguments in; one sorted list without doubles out. */
#include "base/diagnostic.h"
#include "base/text.h"
#include "base/words.h"

#include <string.h>

static const RnDiagnosticKind kinds[RN_D_COUNT] = {
#define X(constant, id, severity, message, explanation, remedy) [RN_D_##constant] = { id, severity, message, explanation, remedy },
#include "base/diagnostics.def"
#undef X
};

struct RnDiagnostics {
	GMutex      lock;
	GPtrArray  *list;      /* RnDiagnostic */
	GPtrArray  *held;      /* those that are held back; NULL: none are */
	GHashTable *files;     /* set of interned file names, and names of plugins' rules */
	gboolean    sorted;
};

static void diagnostic_free (gpointer data)
{
	RnDiagnostic *diagnostic = data;
	for (guint i = 0; i < diagnostic->n_related; i++)
		g_free (diagnostic->related[i].message);
	g_free (diagnostic->related);
	g_free (diagnostic->message);
	g_free (diagnostic->remedy);
	g_free (diagnostic);
}

RnDiagnostics *rn_diagnostics_new (void)
{
	RnDiagnostics *sink = g_new0 (RnDiagnostics, 1);
	g_mutex_init (&sink->lock);
	sink->list = g_ptr_array_new_with_free_func (diagnostic_free);
	sink->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
	return sink;
}

void rn_diagnostics_free (RnDiagnostics *sink)
{
	if (!sink)
		return;
	g_ptr_array_unref (sink->list);
	g_clear_pointer (&sink->held, g_ptr_array_unref);
	g_hash_table_unref (sink->files);
	g_mutex_clear (&sink->lock);
	g_free (sink);
}

const RnDiagnosticKind *rn_diagnostic_kind (RnDiagnosticId id)
{
	return &kinds[id];
}

const RnDiagnosticKind *rn_diagnostic_find (const char *name, const char **nearest)
{
	const char *names[RN_D_COUNT + 1] = { NULL };
	for (guint i = 0; i < RN_D_COUNT; i++) {
		names[i] = kinds[i].id;
		if (!strcmp (names[i], name))
			return &kinds[i];
	}
	if (nearest)
		*nearest = rn_text_nearest (name, names);
	return NULL;
}

const char *rn_severity_name (RnSeverity severity)
{
	return (const char *const[]) { [RN_HINT] = N_("hint"), [RN_WARNING] = N_("warning"), [RN_ERROR] = N_("error") }[severity];
}

const char *rn_diagnostics_intern (RnDiagnostics *sink, const char *file)
{
	if (!file)
		return NULL;
	g_mutex_lock (&sink->lock);
	char *own = g_hash_table_lookup (sink->files, file);
	if (!own)
		g_hash_table_add (sink->files, own = g_strdup (file));
	g_mutex_unlock (&sink->lock);
	return own;
}

/*
 * Expands TEMPLATE up to its end or, where it is a conditional PART, up to the '}' that closes it; returns where it stopped.
 * Parts that do not count are walked through with OUT NULL.
 */
static const char *expand (const char *template, gboolean part, const char *const *args, guint n, GString *out)
{
	const char *p = template;
	while (*p && !(part && *p == '}')) {
		if (*p != '{' || !g_ascii_isdigit (p[1])) {
			if (out)
				g_string_append_c (out, *p);
			p++;
			continue;
		}
		guint i = (guint) (p[1] - '0');
		gboolean present = i < n && *args[i];
		if (p[2] == '?') {
			p = expand (p + 3, TRUE, args, n, present ? out : NULL);
		} else {
			if (out && present)
				g_string_append (out, args[i]);
			p += 2;
		}
		if (*p == '}')
			p++;
	}
	return p;
}

/* Content may hold anything; what is printed is UTF-8 on one line. */
static char *clean (const char *text)
{
	char *valid = g_utf8_make_valid (text, -1);
	for (char *p = valid; *p; p++)
		if ((guchar) *p < ' ' || *p == 0x7f)
			*p = ' ';
	return valid;
}

/* TEMPLATE in the language of the program, with its arguments. */
static char *fill (const char *template, const char *const *args)
{
	g_autoptr (GString) text = g_string_new (NULL);
	expand (*template ? _(template) : template, FALSE, args, g_strv_length ((char **) args), text);
	return clean (text->str);
}

char *rn_diagnostic_pattern (const char *template)
{
	return fill (template, (const char *const[]) { "…", "…", "…", "…", "…", "…", "…", "…", "…", "…", NULL });
}

/* Takes TOLD's message and remedy, and copies what is related; its name is the table's or the sink's. */
static void add (RnDiagnostics *sink, const RnDiagnostic *told)
{
	RnDiagnostic *diagnostic = g_memdup2 (told, sizeof *told);
	diagnostic->where.file = rn_diagnostics_intern (sink, told->where.file);
	diagnostic->related = told->n_related ? g_new (RnRelated, told->n_related) : NULL;
	for (guint i = 0; i < told->n_related; i++) {
		diagnostic->related[i] = (RnRelated) { told->related[i].where, clean (told->related[i].message) };
		diagnostic->related[i].where.file = rn_diagnostics_intern (sink, told->related[i].where.file);
	}
	g_mutex_lock (&sink->lock);
	g_ptr_array_add (sink->held ? sink->held : sink->list, diagnostic);
	sink->sorted = sink->sorted && sink->held;
	g_mutex_unlock (&sink->lock);
}

void rn_diagnostics_hold (RnDiagnostics *sink)
{
	sink->held = g_ptr_array_new_with_free_func (diagnostic_free);
}

void rn_diagnostics_release (RnDiagnostics *sink, gboolean keep)
{
	if (keep)
		g_ptr_array_extend_and_steal (sink->list, g_steal_pointer (&sink->held));
	g_clear_pointer (&sink->held, g_ptr_array_unref);
	sink->sorted = FALSE;
}

void rn_diagnose_args (RnDiagnostics *sink, RnDiagnosticId id, RnPlace where, const char *const *args)
{
	rn_diagnose_related (sink, id, where, args, NULL, 0);
}

void rn_diagnose_related (RnDiagnostics *sink, RnDiagnosticId id, RnPlace where, const char *const *args, const RnRelated *related, guint n)
{
	const RnDiagnosticKind *kind = &kinds[id];
	if (sink)
		add (sink, &(RnDiagnostic) { id, kind->id, kind->severity, where, fill (kind->message, args), fill (kind->remedy, args), (RnRelated *) related, n });
}

gboolean rn_diagnostics_put (RnDiagnostics *sink, const RnDiagnostic *told)
{
	RnDiagnostic own = *told;
	own.id = RN_D_COUNT;
	if (strchr (told->name, '/')) {
		own.id = RN_D_PLUGIN_CHECK;
		own.name = rn_diagnostics_intern (sink, told->name);
	}
	const RnDiagnosticKind *kind = own.id == RN_D_COUNT ? rn_diagnostic_find (told->name, NULL) : NULL;
	if (kind) {
		own.id = (RnDiagnosticId) (kind - kinds);
		own.name = kind->id;
	}
	if (own.id == RN_D_COUNT)
		return FALSE;
	own.message = clean (told->message);
	own.remedy = clean (told->remedy);
	add (sink, &own);
	return TRUE;
}

static int compare (gconstpointer left, gconstpointer right)
{
	const RnDiagnostic *a = *(RnDiagnostic *const *) left, *b = *(RnDiagnostic *const *) right;
	int order = g_strcmp0 (a->where.file, b->where.file);
	if (!order)
		order = a->where.line < b->where.line ? -1 : a->where.line > b->where.line;
	if (!order)
		order = a->where.col < b->where.col ? -1 : a->where.col > b->where.col;
	if (!order)
		order = (int) a->id - (int) b->id;
	if (!order)
		order = strcmp (a->name, b->name);
	return order ? order : strcmp (a->message, b->message);
}

/* With the lock held: sorts and drops doubles. */
static void settle (RnDiagnostics *sink)
{
	if (sink->sorted)
		return;
	g_ptr_array_sort (sink->list, compare);
	guint kept = 0;
	for (guint i = 0; i < sink->list->len; i++) {
		gpointer *items = sink->list->pdata;
		if (kept && !compare (&items[kept - 1], &items[i]))
			diagnostic_free (items[i]);
		else
			items[kept++] = items[i];
	}
	/* The tail was freed or moved: forget it without freeing it again. */
	g_ptr_array_set_free_func (sink->list, NULL);
	g_ptr_array_set_size (sink->list, (int) kept);
	g_ptr_array_set_free_func (sink->list, diagnostic_free);
	sink->sorted = TRUE;
}

void rn_diagnostics_drop (RnDiagnostics *sink, gboolean (*meant) (const RnDiagnostic *told, gpointer user), gpointer user)
{
	g_mutex_lock (&sink->lock);
	settle (sink);
	g_autoptr (GPtrArray) all = g_steal_pointer (&sink->list);
	sink->list = g_ptr_array_new_with_free_func (diagnostic_free);
	g_mutex_unlock (&sink->lock);
	g_ptr_array_set_free_func (all, NULL);
	for (guint i = 0; i < all->len; i++) {
		gboolean drop = meant (all->pdata[i], user);
		if (drop)
			diagnostic_free (all->pdata[i]);
		else
			g_ptr_array_add (sink->list, all->pdata[i]);
	}
	sink->sorted = FALSE;
}

guint rn_diagnostics_count (RnDiagnostics *sink, RnSeverity severity)
{
	guint count = 0;
	g_mutex_lock (&sink->lock);
	settle (sink);
	for (guint i = 0; i < sink->list->len; i++)
		count += ((RnDiagnostic *) sink->list->pdata[i])->severity == severity;
	g_mutex_unlock (&sink->lock);
	return count;
}

const RnDiagnostic *const *rn_diagnostics_sorted (RnDiagnostics *sink, guint *n)
{
	g_mutex_lock (&sink->lock);
	settle (sink);
	*n = sink->list->len;
	const RnDiagnostic *const *items = (const RnDiagnostic *const *) sink->list->pdata;
	g_mutex_unlock (&sink->lock);
	return items;
}
