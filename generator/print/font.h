/*
 * font.h - named font files, and text shaped with them by HarfBuzz. Nothing is ever taken from another font than the one asked for.
 *
 * RnFontFiles: the bytes of every face that a run needs, read once, shared and read-only.
 * RnFonts: one thread's fonts made from them: a face at a size. HarfBuzz scales to units of RnLength, so that advances are lengths.
 *
 * A character that the face lacks is not drawn from elsewhere: rn_font_shape tells it, and its glyph is the face's empty box.
 */
#ifndef RN_PRINT_FONT_H
#define RN_PRINT_FONT_H

#include "base/diagnostic.h"
#include "base/arena.h"
#include "model/site.h"
#include "print/units.h"

#include <hb.h>

typedef enum { RN_FACE_REGULAR, RN_FACE_BOLD, RN_FACE_ITALIC, RN_FACE_BOLD_ITALIC, RN_FACES } RnFaceStyle;

/* One font file. number: from 0, dense, the same for every thread. */
typedef struct {
	guint       number;
	const char *file;            /* as named: "PTF55F.ttf" */
	char       *postscript_name; /* "PTSerif-Regular" */
	hb_blob_t  *blob;
	hb_face_t  *face;            /* immutable */
	guint       units_per_em;
	gint        ascent, descent, cap_height, x_height, italic_angle, weight;   /* font units; descent below the line is negative; angle in degrees */
	gint        box[4];          /* the union of all glyphs: left, bottom, right, top */
	gboolean    bold, italic, fixed_pitch, serif;
} RnFace;

typedef struct RnFontFiles RnFontFiles;

RnFontFiles  *rn_font_files_new (const RnSite *site);
void          rn_font_files_free (RnFontFiles *files);
/*
 * The face in file NAME: the site's (then the shipped) layouts/print/fonts/NAME, else in one of FOLDERS (NULL-terminated absolute paths; print.yaml's `fonts:`).
 * NULL after a diagnostic (font-missing, font-broken) at WHERE, told once a name. Not thread-safe: load before the threads begin.
 */
const RnFace *rn_font_files_load (RnFontFiles *files, const char *name, const char *const *folders, RnPlace where, RnDiagnostics *sink);
guint         rn_font_files_count (const RnFontFiles *files);
const RnFace *rn_font_files_nth (const RnFontFiles *files, guint number);

/* A face at a size. */
typedef struct RnFont {
	const RnFace *face;
	RnLength      size;
	RnLength      ascent, descent, cap_height, x_height;   /* above the line positive; descent positive too, below it */
	RnLength      space, hyphen;                             /* advances of ' ' and '-' */
	hb_font_t    *hb;
} RnFont;

/* One glyph as set. text: the characters that it stands for (a cluster's first glyph has them all, the others len 0); borrowed. */
typedef struct {
	guint16     glyph;
	guint8      len;
	guint8      flags;            /* RN_GLYPH_* */
	RnLength    advance;
	RnLength    dx, dy;           /* from the pen; dy up */
	const char *text;
} RnGlyph;

enum { RN_GLYPH_SPACE = 1,      /* a space that a line may stretch */
       RN_GLYPH_SOFT_HYPHEN = 2 /* a hyphen that the line's end brought: extracted as U+00AD; text "\u00AD" */ };

/* Where the base line of a line of LEADING lies below its top: its letters stand in the middle. */
static inline RnLength rn_base_line (const RnFont *font, RnLength leading)
{
	return (leading - (font->ascent + font->descent)) / 2 + font->ascent;
}

typedef struct RnFonts RnFonts;

RnFonts      *rn_fonts_new (void);
void          rn_fonts_free (RnFonts *fonts);
const RnFont *rn_fonts_get (RnFonts *fonts, const RnFace *face, RnLength size);   /* the same pointer for the same two */

/*
 * Shapes TEXT (valid UTF-8, LEN bytes, one run of one script direction; borrowed for as long as the glyphs live) and appends to OUT (GArray of
 * RnGlyph). language: BCP 47, chooses localised forms; may be NULL. Ligatures never join what a hyphen may part: they are off, kerning is on.
 * missing: appended (may be NULL) with each character that the face lacks.
 */
void          rn_font_shape (const RnFont *font, const char *text, gsize len, const char *language, GArray *out, GString *missing);

/*
 * A place for what a thread's setting keeps from one paragraph to the next: NULL at first. What stands there when the fonts are freed is freed
 * with FREE, as it was given last.
 */
gpointer     *rn_fonts_workspace (RnFonts *fonts, GDestroyNotify free);

/* The width of a short text, for furniture. */
RnLength      rn_font_width (const RnFont *font, const char *text, const char *language);

/* Has the face a glyph for C? */
gboolean      rn_face_has (const RnFace *face, gunichar c);

#endif
