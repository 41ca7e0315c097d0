/* font-int.h - fonts as font.c makes them and font_shape.c shapes with them. */
#ifndef RN_PRINT_FONT_INT_H
#define RN_PRINT_FONT_INT_H

#include "print/font.h"

/* face is what the others see. units: the face at its own size, for what is asked of it without a size. cuts: text may be shaped word by word. */
typedef struct { RnFace face; hb_font_t *units; gboolean cuts; } RnLoadedFace;

/* Words that were shaped already: an open table of what they are, and all their glyphs, whose texts are offsets into their word. */
typedef struct { hb_language_t language; hb_script_t script; guint32 hash, len, text, glyphs, n; } RnShapedWord;
typedef struct { RnShapedWord *slots; guint used; GString *texts; GArray *glyphs; } RnShapedWords;

/* font is what the others see. */
typedef struct { RnFont font; RnFonts *fonts; gint64 key; RnShapedWords words; } RnSizedFont;

struct RnFonts {
	GHashTable   *sized;          /* RnSizedFont by key: the face's number and the size */
	hb_buffer_t  *buffer;
	GArray       *glyphs;         /* for widths */
	char         *language;       /* that of the last text, and what HarfBuzz makes of it */
	hb_language_t hb_language;
	gpointer       workspace;
	GDestroyNotify workspace_free;
};

/* May text in this face be cut at spaces, so that each part, its spaces among it, looks as in the whole? */
gboolean rn_font_cuts (hb_font_t *units);
void     rn_shaped_words_clear (RnShapedWords *words);

#endif
