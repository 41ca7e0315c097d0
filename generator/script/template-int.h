/*
 * template-int.h - a layout's source -> pieces -> Lua.
 *
 * parse    cuts the text at {{ }}, {% %} and {# #}
 * context  follows the HTML between them, so that each expression's place is known when it is compiled
 * emit     writes one Lua function for the body and one for each block, on the lines of the template
 */
#ifndef RN_SCRIPT_TEMPLATE_INT_H
#define RN_SCRIPT_TEMPLATE_INT_H

#include "script/host.h"

typedef enum {
	RN_PIECE_TEXT, RN_PIECE_EXPRESSION, RN_PIECE_RAW, RN_PIECE_LUA, RN_PIECE_EXTENDS, RN_PIECE_BLOCK, RN_PIECE_ENDBLOCK, RN_PIECE_SUPER,
	RN_PIECE_INCLUDE, RN_PIECE_CACHED, RN_PIECE_ENDCACHED,
} RnPieceKind;

/* AT, LEN: text or code, a view into the source; NAME: of a block, a layout, a partial (owned). */
typedef struct { RnPieceKind kind; guint line; const char *at; gsize len; char *name; } RnPiece;

/* Appends the RnPieces of SOURCE. FILE is for the messages ("layouts/page.html"). */
gboolean rn_template_parse (const char *file, const char *source, gsize len, GArray *pieces, GError **error);
void     rn_piece_clear (gpointer piece);

void     rn_template_fault (GError **error, const char *file, guint line, const char *format, ...) G_GNUC_PRINTF (4, 5);

/* Where in the HTML a byte stands. */
typedef enum {
	RN_HTML_TEXT, RN_HTML_TAG_NAME, RN_HTML_TAG, RN_HTML_ATTRIBUTE, RN_HTML_AFTER_ATTRIBUTE, RN_HTML_BEFORE_VALUE, RN_HTML_VALUE,
	RN_HTML_UNQUOTED, RN_HTML_COMMENT, RN_HTML_DECLARATION, RN_HTML_SCRIPT, RN_HTML_STYLE,
} RnHtmlState;

typedef enum { RN_VALUE_PLAIN, RN_VALUE_ADDRESS, RN_VALUE_SRCSET, RN_VALUE_CODE } RnValueKind;

typedef struct {
	guint8 state;        /* RnHtmlState */
	guint8 value;        /* RnValueKind of the attribute */
	guint8 in_address;   /* 0: not; 1: at its first byte; 2: inside one that is put together from pieces */
	guint8 closing;      /* the tag is an end tag */
	char   quote;        /* of the value */
	char   script;       /* in a script: the quote or the comment ('*', '/') that is open, or 0 */
	char   name[16];     /* the element's, lower case, cut */
	char   attribute[16];
	char   owner[16];    /* the element whose text is script or style */
} RnHtml;

/* Follows the byte at P (END: one past the last) and gives how many bytes it took, at least 1; stops after one that changes the state. */
gsize    rn_html_follow (RnHtml *html, const char *p, const char *end);
gboolean rn_html_same (const RnHtml *a, const RnHtml *b);
const char *rn_html_words (const RnHtml *html);   /* "in a tag", for messages */

/* One function of Lua: its source, on the lines of the template. NAME: NULL for the body. */
typedef struct { char *name; GString *code; } RnUnit;

typedef struct {
	char      *file;
	char      *extends;       /* NULL: none */
	guint      extends_line;
	GPtrArray *includes;      /* names of partials, in the order of the numbers that the code uses, from 1 */
	GArray    *include_lines; /* guint, of each */
	GArray    *units;         /* RnUnit */
	gboolean   bounded;       /* it loops with each, pairs and ipairs alone, which charge for every step, and makes no functions */
} RnTemplate;

/* What a printing call needs to know, by number: the text before the value, and for {{ object.name }} the two and the field's number. */
typedef struct { char *text; gsize len; char *object, *name; int field; } RnLiteral;

RnLiteral *rn_literal_new (const char *text, gsize len);
void       rn_literal_free (gpointer literal);
/* The LEN bytes after DOT are a field of OBJECT, which ends there. */
void       rn_literal_name (RnLiteral *literal, const char *object, const char *dot, gsize len);
/* The dot before the last name where CODE is names with dots between them, as most that is printed is; else NULL. */
const char *rn_last_dot (const char *code, gsize len);
/* The number of a field that pages, the site or types have, or -1. */
int        rn_field_named (const char *name, gsize len);

/*
 * Compiles SOURCE. Literals are added to LITERALS (of RnLiteral *; number 0 is none), whose numbers the code uses.
 * The functions that the code calls: see output.c.
 */
RnTemplate *rn_template_compile (const char *file, const char *source, gsize len, gboolean partial, GPtrArray *literals, GError **error);
void        rn_template_free (RnTemplate *template);

/* Past the Lua string that begins at P, or P itself where none does. */
const char *rn_lua_skip_string (const char *p, const char *end);

#endif
