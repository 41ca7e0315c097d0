/* host-int.h - the inside of a host, for the files of this room. */
#ifndef RN_SCRIPT_HOST_INT_H
#define RN_SCRIPT_HOST_INT_H

#include "script/host.h"
#include "script/sandbox-int.h"
#include "script/template-int.h"

#include <string.h>

typedef struct { guint hash, len; char bytes[]; } RnPieceKey;       /* of a cached piece: the values that name it */
typedef struct { RnPieceKey *key; gsize begin; } RnCapture;         /* an open {% cached %} */
typedef struct {
	char *name;
	RnSitePlugin *site;             /* its line in site.yaml */
	int table, needed;              /* registry references: what init.lua returned (LUA_NOREF: it is left out); the helpers of plugins that it needs */
	GPtrArray *needs;               /* their names; NULL: none */
	guint8 mark;                    /* while the order is found */
} RnPlugin;
typedef struct { const char *name; int id; } RnFieldSlot;           /* NAME: Lua's own copy, compared by address */

typedef struct { const RnLanguage *language; const RnPage *page; gboolean current; } RnTwin; /* the page in one language; page NULL: missing */

#define RN_FIELD_SLOTS 512

enum {
	RN_F_NONE = -1,
#define X(name) RN_F_##name,
#include "script/fields-int.h"
#undef X
	RN_F_COUNT
};

struct RnHost {
	RnSandbox      box;             /* first: rn_host_of casts; its owner is the RnPlugin whose hook, block or file is at work */
	RnLibrary     *library;
	RnSite        *site;
	RnDiagnostics *sink;
	RnHostOptions  options;

	/* the page being made */
	const RnRender   *render;       /* NULL outside of a render */
	const RnPage     *page;         /* NULL: none */
	guint             pictures;     /* that picture() has made for it */
	const RnLanguage *language;     /* never NULL where the site has one */
	GString *out;
	gsize    out_limit;
	GString *address;               /* one that is put together from pieces */
	GString *scratch, *scratch2;
	GString *up;                    /* "../" once for each folder of the page's address; where it is rooted, the site's path: "/", "/guide/" */
	gboolean rooted;                /* the page is shown at any address: its own addresses begin at the server's root */
	GArray  *captures;
	RnTwin  *twins;                 /* the page in all languages */
	guint    n_twins;

	/* made once */
	GHashTable *cached;             /* RnPieceKey -> GString */
	gsize       cached_bytes;
	GPtrArray  *literals;           /* of RnLiteral */
	GHashTable *layouts;            /* name -> Layout, see layouts.c */
	GHashTable *icons;              /* name -> GString */
	GPtrArray  *plugins;
	GHashTable *blocks, *schemes;   /* a fenced block's name, a link's scheme -> RnBlock */
	guint    calls;                 /* blocks, links and pages since the state was made */
	gboolean linking;               /* a link's function is at work */
	const void *safe_metatable;     /* of safe values, as lua_topointer has it */
	int         safe;               /* registry: that table */
	GPtrArray  *place_files;        /* names of the files that tables came from, by number */
	int         files;              /* registry: what plugins read files with; LUA_NOREF until then */
	int         base, environment, memo;   /* registry: what scripts may call; the layouts' globals; tables made for the current page */
	guint8      memo_used[2 * RN_F_COUNT + 1];   /* the numbers under which memo holds something */
	guint       n_memo_used;
	RnFieldSlot fields[RN_FIELD_SLOTS];
};

static inline RnHost *rn_host_of (lua_State *L)
{
	return (RnHost *) rn_sandbox_of (L);
}

/* Most of what is printed is short: no call where there is room. */
static inline void rn_put (GString *out, const char *text, gsize len)
{
	if (G_UNLIKELY (out->len + len >= out->allocated_len)) {
		g_string_append_len (out, text, (gssize) len);
		return;
	}
	memcpy (out->str + out->len, text, len);
	out->len += len;
	out->str[out->len] = '\0';
}

/* --- layouts.c: compiled when first used ---------------------------------------------------------- */
gboolean rn_layouts_push (RnHost *host, const char *name, GError **error);   /* the body and its blocks */
void     rn_layouts_init (RnHost *host);
char    *rn_layout_file (const char *name, gboolean partial);                /* "layouts/page.html" */

/* --- values.c: what scripts see ------------------------------------------------------------------- */
/*
 * Everything of the library is a light userdata whose lowest bits tell what it points at: nothing is copied, nothing is collected.
 */
typedef enum { RN_TAG_PAGE, RN_TAG_PAGES, RN_TAG_VALUE, RN_TAG_TYPE, RN_TAG_SITE, RN_TAG_TWINS, RN_TAG_TWIN } RnTag;

static inline RnTag rn_tag_of (const void *pointer)
{
	return (RnTag) ((guintptr) pointer & 7);
}

static inline const void *rn_untagged (const void *pointer)
{
	return (const void *) ((guintptr) pointer & ~(guintptr) 7);
}

void rn_values_init (RnHost *host);
void rn_push_tagged (lua_State *L, const void *pointer, RnTag tag);          /* NULL: nil */
void rn_push_page (lua_State *L, const RnPage *page);
void rn_push_pages (lua_State *L, const RnPages *pages);
void rn_push_value (lua_State *L, const RnValue *value);
void rn_push_site_text (lua_State *L, const RnHost *host, const RnValue *value);
const void    *rn_to_tagged (lua_State *L, int index, RnTag tag);            /* NULL: it is not one */
static inline const RnPage *rn_to_page (lua_State *L, int index)
{
	return rn_to_tagged (L, index, RN_TAG_PAGE);
}
/* The entries of any list: a table, pages, a value. -1: it is not a list. */
lua_Integer rn_list_length (lua_State *L, int index);
void        rn_list_push (lua_State *L, int index, lua_Integer i);

int rn_field_id (const RnHost *host, const char *name);                      /* NAME: Lua's own */
/* Is the field a text of the page itself? Then *TEXT is it, or NULL. */
gboolean rn_page_text (const RnHost *host, const RnPage *page, int id, const char **text);
/* The table made for the current page under SLOT, pushed. FALSE: there is none. */
gboolean rn_memo_push (lua_State *L, const RnHost *host, int slot);
void     rn_memo_keep (lua_State *L, RnHost *host, int slot);                /* what is on the stack's top, where it stays */
int rn_page_index (lua_State *L, RnHost *host, const RnPage *page, int id);  /* pushes; -1: no such field */
void rn_twins_enter (RnHost *host, const RnPage *page);
void rn_push_twins (lua_State *L, RnHost *host, const RnPage *page);
void rn_twin_push_table (lua_State *L, const RnTwin *twin);
gboolean rn_twin_text (const RnTwin *twin, int id, const char **text);       /* as rn_page_text */
int rn_twin_index (lua_State *L, const RnTwin *twin, int id);
int rn_site_index (lua_State *L, RnHost *host, int id);
int rn_type_index (lua_State *L, RnHost *host, const RnType *type, int id);
void rn_push_part (lua_State *L, const RnPage *page);                         /* page.part */
void rn_push_contents (lua_State *L, const RnHost *host, const RnPage *page); /* page.contents */
void rn_push_field (lua_State *L, RnHost *host, const RnPage *page, const RnField *field, const RnValue *value);
/* Pushes {key, label, page} for each bit. */
void rn_push_audiences (lua_State *L, RnHost *host, const RnLanguage *language, guint32 bits);

/* --- output.c, address.c, json.c ------------------------------------------------------------------ */
typedef enum { RN_SAFE_HTML = 1, RN_SAFE_ATTRIBUTE, RN_SAFE_JSON } RnSafeKind;
typedef struct { const char *text; gsize len; guint8 kind; } RnSafe;

extern const lua_CFunction rn_output_functions[];                            /* in the order of template_emit.c's head */
enum { RN_OUTPUT_FUNCTIONS = 17 };
void  rn_output_init (lua_State *L);
void  rn_push_safe (lua_State *L, const char *text, gsize len, RnSafeKind kind);      /* copied */
void  rn_push_safe_borrowed (lua_State *L, const char *text, gsize len, RnSafeKind kind);
const RnSafe *rn_to_safe (lua_State *L, int index);
void  rn_append_attribute (GString *out, const char *text, gsize len);       /* escaped for a quoted attribute, or for text */
/* Appends ADDRESS as it goes out, percent-encoded and, where it is the site's, relative to the page; not yet escaped for HTML. */
void  rn_append_address (RnHost *host, GString *out, const char *address);
/* The same for an address of the site whose letters all stand for themselves, in HTML too. FALSE: it is another one; nothing is appended. */
gboolean rn_append_plain_address (const RnHost *host, GString *out, const char *address);
void  rn_json_append (lua_State *L, int index, GString *out);

/* --- cached.c ------------------------------------------------------------------------------------- */
int      rn_cached_begin (lua_State *L);
int      rn_cached_end (lua_State *L);
guint    rn_piece_key_hash (gconstpointer key);
gboolean rn_piece_key_equal (gconstpointer a, gconstpointer b);

/* --- functions ------------------------------------------------------------------------------------ */
void  rn_functions_init (RnHost *host);    /* adds to the table on the stack */
extern const luaL_Reg rn_text_functions[], rn_list_functions[], rn_place_functions[], rn_data_functions[];
void  rn_svg_push (lua_State *L);          /* the table `svg` */
/* The text that the text or number at INDEX is; one that is not valid UTF-8, or has a NUL, is an error that begins with FORMAT, as of lua_pushfstring: "a title is not valid UTF-8". */
const char *rn_check_text (lua_State *L, int index, size_t *len, const char *format, ...);
/* The place of the layout or plugin that called the running C function. */
RnPlace rn_caller_place (lua_State *L);

/* --- host.c, for hooks ---------------------------------------------------------------------------- */
/* Makes PAGE the one that t(), url() and page mean, outside of a render. FALSE: a budget ended it; the message is on the stack. */
gboolean rn_host_enter (RnHost *host, const RnPage *page, RnStop *stop);

/*
 * After an outermost call that STOP ended, in a host with plugins: drops the Lua state, with all that plugins have kept in it, for a new one. TRUE: other calls
 * had left something in the old, and this one may be made once more; so what stops depends on the call alone, and never on what the host did before. Whatever pointed into the state, an RnBlock too, is gone.
 */
gboolean rn_host_renew (RnHost *host, RnStop stop);

/*
 * Between the hooks of a host that runs those of all plugins, outside of pages: where they have kept more than an eighth of what they may, drops it in the same way, so that the next
 * plugin has what it may use.
 */
void rn_host_relieve (RnHost *host);

/* Will rn_host_renew let a call of a plugin's that STOP ended be made once more? Then it is not yet told. */
gboolean rn_host_again (const RnHost *host, RnStop stop);

/* NAME, kept as long as what the host tells: for places. */
const char *rn_host_keep (RnHost *host, const char *name);

/* There is no such page any more. */
void rn_host_leave (RnHost *host);

/* --- hooks ---------------------------------------------------------------------------------------- */
typedef struct { const RnPlugin *plugin; int function; guint line; } RnBlock;   /* function: registry; line: of init.lua, 0: not known */
void  rn_files_push (RnHost *host);        /* the functions of `site` in a plugin: read, table, csv … */
int   rn_file_find (lua_State *L);         /* site.find */
/* A value for the library; raises an error that names the PATH to what cannot be kept. */
const RnValue *rn_value_from_lua (lua_State *L, int index, RnArena *arena, const char *path);
/* The map of front matter that the table at INDEX is, without its keys in WITHOUT (NULL: with all). Every value stands at AT. */
const RnValue *rn_front_from_lua (lua_State *L, int index, const char *const *without, RnArena *arena, const char *path, RnPlace at);

/* --- values_place.c ------------------------------------------------------------------------------- */
/* The place in a file that the value at INDEX, a page or a table that site.yaml, site.json or site.csv gave, came from; its file lives as long as the host. FALSE: none is known. */
gboolean rn_place_of (lua_State *L, int index, RnPlace *place);
guint    rn_place_file (RnHost *host, const char *file);                     /* the number of a file, for rn_place_set */
void     rn_place_set (lua_State *L, guint file, guint line, guint col);     /* of the table on the stack */
extern const luaL_Reg rn_value_functions[];
/* Pushes the value of a JSON text. */
void     rn_json_push (lua_State *L, const char *file, const char *text, gsize len);

#endif
