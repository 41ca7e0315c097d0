/*
 * markup.h - a walk over HTML that the press itself wrote, piece by piece: texts, tags, their attributes. No tree, no copy.
 *
 * It takes what layouts and html.h write (tags closed, values quoted or bare), not any HTML from anywhere. <script> and <style> are one text.
 */
#ifndef RN_SITE_MARKUP_H
#define RN_SITE_MARKUP_H

#include <glib.h>

typedef enum { RN_MARKUP_TEXT, RN_MARKUP_OPEN, RN_MARKUP_CLOSE, RN_MARKUP_NOTE, RN_MARKUP_END } RnMarkupType; /* NOTE: comments, the doctype */

typedef struct {
	const char *next, *end;                  /* what is still to be walked over */
	RnMarkupType type;
	const char *at;  gsize len;              /* the piece, tags with their < and > */
	char name[24];                           /* of a tag, in small letters as far as it is ASCII */
	const char *attributes, *attributes_end; /* of an opening tag */
	gboolean empty;                          /* an element without an end: <br>, <path/> */
	gboolean raw;                            /* a TEXT whose letters mean nothing: of <script>, <style> */
} RnMarkup;

typedef struct { const char *name, *value; gsize name_len, value_len; } RnMarkupAttribute; /* value NULL: the name alone; still escaped */

void     rn_markup_begin (RnMarkup *markup, const char *html, gsize len);
/* FALSE at the end. */
gboolean rn_markup_next (RnMarkup *markup);
/* The attributes of an opening tag, one by one. AT begins as markup->attributes. FALSE: there are no more. */
gboolean rn_markup_attribute (const RnMarkup *markup, const char **at, RnMarkupAttribute *attribute);
/* The value of the one called NAME, entities read, appended to OUT. FALSE: it has none. */
gboolean rn_markup_value (const RnMarkup *markup, const char *name, GString *out);
/* TEXT with its entities read (the five of XML, numbers, nbsp), appended. */
void     rn_markup_read (const char *text, gsize len, GString *out);

#endif
