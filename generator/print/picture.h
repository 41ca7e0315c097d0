/*
 * picture.h - pictures for paper: rasters in grey at the resolution that print needs, vectors as paths in tints of black.
 */
#ifndef RN_PRINT_PICTURE_H
#define RN_PRINT_PICTURE_H

#include "print/galley.h"

/* A raster, 8 bits of grey a pixel, 0 black (white paper under what was transparent). The same file at the same size is held once. */
struct RnPicture {
	guint    number;              /* from 0, dense in its book */
	guint    width, height;       /* pixels kept */
	const guint8 *grey;           /* width x height, row by row from the top; arena */
};

typedef struct RnPictures RnPictures;

RnPictures *rn_pictures_new (RnArena *arena);
void        rn_pictures_free (RnPictures *pictures);
guint       rn_pictures_count (const RnPictures *pictures);
const RnPicture *rn_pictures_nth (const RnPictures *pictures, guint number);

/*
 * Decodes DATA (PNG, JPEG, GIF, WebP) and keeps it at 300 dots an inch of its printed WIDTH x HEIGHT, or its own pixels if fewer. key: the file's name, for the
 * second use. NULL with ERROR: it cannot be read, or has too many pixels (base/raster.h).
 */
const RnPicture *rn_pictures_add (RnPictures *pictures, const char *key, const char *data, gsize len, RnLength width, RnLength height, GError **error);

/* An SVG that svg.c cannot set, drawn by gdk-pixbuf's loader at 300 dots an inch. NULL with ERROR also where that loader is not installed. */
const RnPicture *rn_pictures_add_drawing (RnPictures *pictures, const char *key, const char *data, gsize len, RnLength width, RnLength height, GError **error);

/* --- svg.c: the part of SVG 1.1 that drawings and charts use, as paths --------------------------------------------------- */

typedef struct {
	double   width, height;       /* in CSS pixels: from width/height, else the viewBox, else 300 x 150 */
	gboolean stated;              /* by width or height in a unit of its own, not by the viewBox alone, whose units may be anything */
	gboolean has_text;
} RnSvgSize;

gboolean rn_svg_size (const char *text, gsize len, RnSvgSize *size);

/* What it says of itself: its own <title>, else its aria-label; NULL. */
const char *rn_svg_title (RnArena *arena, const char *text, gsize len);

/* How svg.c sets an SVG's text: FAMILY is "serif", "sans" or "mono". Returns the face; NULL: text cannot be set, which makes it unsupported. */
typedef const RnFace *(*RnSvgFace) (gpointer user, const char *family, gboolean bold, gboolean italic);

/* What the marks are made with: they live in ARENA and carry TAG. missing (may be NULL): characters that a face lacks, appended. */
typedef struct {
	RnArena     *arena;
	RnFonts     *fonts;
	RnSvgFace    face;
	gpointer     face_user;
	const char  *language;        /* of its text where it says none itself; may be NULL */
	const RnTag *tag;
	GString     *missing;
} RnSvgSetting;

/*
 * Appends marks (paths, rules, text) that fill WIDTH x HEIGHT from (0, 0): svg g a switch defs use symbol path rect circle ellipse line polyline polygon text tspan
 * marker clipPath (a box), transform, viewBox, preserveAspectRatio, presentation attributes, style="" and <style> rules of names, classes and ids, fill and stroke in
 * any CSS colour (by its luminance as a tint of black), opacity folded into the tint, a gradient as its mean, a pattern as mid grey. Nothing stands outside WIDTH x HEIGHT
 * but half a stroke. UNSUPPORTED (may be NULL) gets the first thing that is none of these ("filter", "image"; static) or NULL: then the
 * caller falls back. FALSE: not an SVG that can be read, or one beyond reason (over 100,000 elements or 400,000 segments); nothing is appended.
 */
gboolean rn_svg_marks (const RnSvgSetting *setting, const char *text, gsize len, RnLength width, RnLength height, GArray *marks, const char **unsupported);

/* --- qr.c ----------------------------------------------------------------------------------------------------------------- */

/* A QR code (error correction M, or Q where it costs no finer modules) of TEXT with its quiet zone of four modules, SIZE square from (x, y). FALSE: too long. ALT goes to its FIGURE tag, made under PARENT. */
gboolean rn_qr_marks (RnArena *arena, RnTags *tags, RnTag *parent, const char *text, const char *alt, RnLength x, RnLength y, RnLength size, GArray *marks);

#endif
