/*
 * ignore.c - gitignore(5), with each .gitignore read once.
 *
 * In: paths. Out: ignored or not. libgit2 has the same question, and drops a rule such as "!b.tmp" that takes back what a folder
 * above it ignored, so that a page would go missing without a word; it also reads the files anew for every path.
 */
#include "source/ignore.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct {
	char    *pattern;
	gboolean again;              /* "!": not ignored after all */
	gboolean folder;             /* ends in '/': folders alone */
	gboolean name;               /* has no other '/': matches the last name, at any depth */
} Rule;

/* A folder's rules, and what is known of the folder itself. */
typedef struct {
	GArray  *rules;              /* of Rule; NULL: none */
	gboolean ignored;
} Folder;

struct RnIgnore {
	RnTree     *tree;
	char       *top;             /* of the work tree, with its final '/' */
	gboolean    fold;            /* core.ignorecase */
	GArray     *shared;          /* of Rule: the user's and the repository's, weakest first */
	GHashTable *folders;         /* "a/b/" -> Folder */
};

/* The class at PATTERN ("[a-z]"): does it hold C? Gives its end, or NULL where it is not closed. */
static const char *match_class (const char *pattern, gunichar c, gboolean *held)
{
	const char *p = pattern + 1;
	gboolean    inverted = *p == '!' || *p == '^', found = FALSE;

	p += inverted;
	for (gboolean first = TRUE; *p && (first || *p != ']'); first = FALSE) {
		if (*p == '\\' && p[1])
			p++;
		gunichar low = g_utf8_get_char (p), high = low;
		p = g_utf8_next_char (p);
		if (*p == '-' && p[1] && p[1] != ']') {
			p += p[1] == '\\' && p[2] ? 2 : 1;
			high = g_utf8_get_char (p);
			p = g_utf8_next_char (p);
		}
		found = found || (c >= low && c <= high);
	}
	*held = found != inverted;
	return *p == ']' ? p + 1 : NULL;
}

/* One sign of PATTERN, which is no star, against one of TEXT; gives the rest of the pattern, or NULL. */
static const char *match_sign (const char *pattern, gunichar c)
{
	gboolean held;

	if (*pattern == '?')
		return c != '/' ? pattern + 1 : NULL;
	if (*pattern == '[') {
		const char *rest = match_class (pattern, c, &held);
		if (rest)
			return held && c != '/' ? rest : NULL;
	}
	if (*pattern == '\\' && pattern[1])
		pattern++;
	return g_utf8_get_char (pattern) == c ? g_utf8_next_char (pattern) : NULL;
}

/*
 * Of the stars met on the way only the last one of each sort can need another try, a single star inside its folder, a double
 * one anywhere: so time grows with the product of the lengths at most, whatever the pattern.
 */
gboolean rn_ignore_match (const char *pattern, const char *text)
{
	const char *begin = pattern, *star = NULL, *star_text = NULL, *deep = NULL, *deep_text = NULL;

	for (;;) {
		if (pattern[0] == '*' && pattern[1] == '*' && (pattern == begin || pattern[-1] == '/') &&
		    (pattern[2] == '/' || !pattern[2])) {
			if (!pattern[2])
				return *text != '\0';
			deep = pattern += 3; /* folders, or none: goes on at this name or a later one */
			deep_text = text;
			star = NULL;
			continue;
		}
		if (*pattern == '*') {
			while (*pattern == '*')
				pattern++;
			star = pattern;
			star_text = text;
			continue;
		}
		const char *rest = *text && *pattern ? match_sign (pattern, g_utf8_get_char (text)) : NULL;
		if (rest) {
			pattern = rest;
			text = g_utf8_next_char (text);
			continue;
		}
		if (!*text && !*pattern)
			return TRUE;
		if (star && *star_text && *star_text != '/') {
			pattern = star;
			text = star_text = g_utf8_next_char (star_text);
		} else if (deep && (deep_text = strchr (deep_text, '/')) != NULL) {
			pattern = deep;
			text = ++deep_text;
			star = NULL;
		} else {
			return FALSE;
		}
	}
}

static void rule_clear (gpointer data)
{
	g_free (((Rule *) data)->pattern);
}

/* Blanks at the line's end do not count, but for one after a backslash. */
static gsize trimmed (const char *line, gsize len)
{
	while (len > 0 && (line[len - 1] == '\r' || line[len - 1] == ' ') && !(len > 1 && line[len - 2] == '\\'))
		len--;
	return len;
}

static void add_rule (GArray *rules, const char *line, gsize len)
{
	Rule rule = { .again = FALSE };

	len = trimmed (line, len);
	if (len == 0 || line[0] == '#')
		return;
	rule.again = line[0] == '!';
	line += rule.again;
	len -= rule.again;
	rule.folder = len > 0 && line[len - 1] == '/';
	len -= rule.folder;
	rule.name = memchr (line, '/', len) == NULL;
	if (len > 0 && line[0] == '/') {
		line++;
		len--;
	}
	if (len == 0 || !g_utf8_validate (line, (gssize) len, NULL))
		return;
	rule.pattern = g_strndup (line, len);
	g_array_append_val (rules, rule);
}

/* Adds the rules of the file PATH, if there is one; a link is not followed. */
static void read_rules (RnTree *tree, GArray **rules, const char *path)
{
	g_autofree char *text = NULL;
	g_autoptr (GError) why = NULL;
	GStatBuf         info;
	gsize            len;

	if (g_lstat (path, &info) < 0) {
		rn_tree_trouble (tree, path, errno);
		return;
	}
	if (!S_ISREG (info.st_mode))
		return;
	if (!g_file_get_contents (path, &text, &len, &why)) {
		rn_tree_trouble_error (tree, why);
		return;
	}
	if (*rules == NULL) {
		*rules = g_array_new (FALSE, FALSE, sizeof (Rule));
		g_array_set_clear_func (*rules, rule_clear);
	}
	const char *line = text, *end = text + len;
	if (len >= 3 && memcmp (line, "\xEF\xBB\xBF", 3) == 0)
		line += 3;
	while (line < end) {
		const char *stop = memchr (line, '\n', (gsize) (end - line));

		stop = stop ? stop : end;
		add_rule (*rules, line, (gsize) (stop - line));
		line = stop + 1;
	}
}

static void folder_free (gpointer data)
{
	Folder *folder = data;

	if (folder->rules)
		g_array_free (folder->rules, TRUE);
	g_free (folder);
}

static void read_shared (RnIgnore *ignore, git_repository *repo)
{
	g_autofree char *info = g_build_filename (git_repository_commondir (repo), "info", "exclude", NULL);
	g_autofree char *usual = g_build_filename (g_get_user_config_dir (), "git", "ignore", NULL);
	git_config      *config = NULL;
	git_buf          path = { 0 };
	int              fold = 0;

	if (git_repository_config_snapshot (&config, repo) == 0) {
		if (git_config_get_bool (&fold, config, "core.ignorecase") < 0)
			fold = 0;
		if (git_config_get_path (&path, config, "core.excludesfile") < 0)
			path.ptr = NULL;
	} else {
		rn_git_trouble (ignore->tree, "config", FALSE);
	}
	ignore->fold = fold != 0;
	read_rules (ignore->tree, &ignore->shared, path.ptr ? path.ptr : usual);
	read_rules (ignore->tree, &ignore->shared, info);
	git_buf_dispose (&path);
	git_config_free (config);
}

RnIgnore *rn_ignore_new (RnTree *tree)
{
	RnIgnore *ignore = g_new0 (RnIgnore, 1);

	ignore->tree = tree;
	ignore->top = g_strdup (git_repository_workdir (tree->repo));
	ignore->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, folder_free);
	read_shared (ignore, tree->repo);
	return ignore;
}

void rn_ignore_free (RnIgnore *ignore)
{
	if (ignore == NULL)
		return;
	if (ignore->shared)
		g_array_free (ignore->shared, TRUE);
	g_hash_table_unref (ignore->folders);
	g_free (ignore->top);
	g_free (ignore);
}

/* What RULES say of PATH (relative to their folder, without a final '/'): 1 ignored, 0 not after all, -1 nothing. */
static gint ask (const RnIgnore *ignore, const GArray *rules, const char *path, gboolean folder)
{
	const char      *slash = strrchr (path, '/'), *name = slash ? slash + 1 : path;
	g_autofree char *folded = ignore->fold ? g_utf8_strdown (path, -1) : NULL;

	if (folded) {
		path = folded;
		slash = strrchr (path, '/');
		name = slash ? slash + 1 : path;
	}
	for (guint i = rules ? rules->len : 0; i-- > 0;) {
		const Rule      *rule = &g_array_index (rules, Rule, i);
		g_autofree char *pattern = ignore->fold ? g_utf8_strdown (rule->pattern, -1) : NULL;

		if ((!rule->folder || folder) && rn_ignore_match (pattern ? pattern : rule->pattern, rule->name ? name : path))
			return !rule->again;
	}
	return -1;
}

static const Folder *folder_at (RnIgnore *ignore, const char *path, gsize len);

/* PATH's own answer, its LEN bytes without a final '/', by the folders above it, the nearest first. */
static gboolean test (RnIgnore *ignore, const char *path, gsize len, gboolean is_folder)
{
	g_autofree char *whole = g_strndup (path, len);
	gsize            at = len;

	for (;;) {
		while (at > 0 && whole[at - 1] != '/')
			at--;
		const Folder *folder = folder_at (ignore, path, at);
		if (folder->ignored)
			return TRUE;
		gint answer = ask (ignore, folder->rules, whole + at, is_folder);
		if (answer >= 0)
			return answer;
		if (at == 0)
			return ask (ignore, ignore->shared, whole, is_folder) == 1;
		at--;
	}
}

/* The folder whose path is the first LEN bytes of PATH, with its final '/'. */
static const Folder *folder_at (RnIgnore *ignore, const char *path, gsize len)
{
	g_autofree char *key = g_strndup (path, len);
	Folder          *folder = g_hash_table_lookup (ignore->folders, key);

	if (folder)
		return folder;
	g_autofree char *file = g_strconcat (ignore->top, key, ".gitignore", NULL);
	folder = g_new0 (Folder, 1);
	folder->ignored = len > 0 && test (ignore, path, len - 1, TRUE);
	if (!folder->ignored)
		read_rules (ignore->tree, &folder->rules, file);
	g_hash_table_insert (ignore->folders, g_steal_pointer (&key), folder);
	return folder;
}

gboolean rn_ignore_test (RnIgnore *ignore, const char *path)
{
	gsize    len = strlen (path);
	gboolean folder = len > 0 && path[len - 1] == '/';

	if (!g_utf8_validate (path, -1, NULL))
		return FALSE; /* refused as a name, and told */
	return test (ignore, path, len - folder, folder);
}
