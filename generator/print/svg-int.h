/*
 * svg-int.h - what the parts of the SVG reader share.
 *
 * svg.c walks the elements; svg_style.c, svg_css.c and svg_colour.c say how they look; svg_path.c makes outlines in user units, which
 * svg_paint.c and svg_clip.c turn into marks; svg_text.c sets text, svg_marker.c arrow heads. Matrices lead from user units straight to RnLength.
 */
#ifndef RN_PRINT_SVG_INT_H
#define RN_PRINT_SVG_INT_H

#include "print/picture.h"

#include <libxml/tree.h>

#define RN_SVG_MOST_ELEMENTS 100000
#define RN_SVG_MOST_SEGMENTS 400000
#define RN_SVG_MOST_DEPTH    200
#define RN_SVG_FAR           1e9      /* beyond it numbers are cut: a million points in RnLength */

typedef struct { double a, b, c, d, e, f; } RnSvgMatrix;   /* x' = ax + cy + e, y' = bx + dy + f */
typedef struct { double x1, y1, x2, y2; } RnSvgBox;

/* --- svg_path.c: numbers, matrices, outlines ------------------------------------------------------------------------------- */

/* An outline: 'm' 'l' 'c' 'z' as in RnPath, its points x, y in turn. */
typedef struct {
	GString *segments;
	GArray  *points;               /* double */
	double   x, y, start_x, start_y;
	gboolean full;                 /* RN_SVG_MOST_SEGMENTS reached: the rest is left out */
} RnSvgPath;

void     rn_svg_path_init (RnSvgPath *path);
void     rn_svg_path_clear (RnSvgPath *path);    /* keeps its memory */
void     rn_svg_path_free (RnSvgPath *path);
void     rn_svg_move (RnSvgPath *path, double x, double y);
void     rn_svg_line (RnSvgPath *path, double x, double y);
void     rn_svg_curve (RnSvgPath *path, double x1, double y1, double x2, double y2, double x3, double y3);
void     rn_svg_quadratic (RnSvgPath *path, double x1, double y1, double x2, double y2);
void     rn_svg_close (RnSvgPath *path);
void     rn_svg_rect (RnSvgPath *path, double x, double y, double w, double h, double rx, double ry);
void     rn_svg_ellipse (RnSvgPath *path, double cx, double cy, double rx, double ry);
void     rn_svg_path_data (RnSvgPath *path, const char *d);            /* up to its first mistake, as the standard asks */
void     rn_svg_points (RnSvgPath *path, const char *points, gboolean closed);

/* The number at *P, after blanks and a comma; FALSE: there is none. It is finite, and within RN_SVG_FAR. */
gboolean rn_svg_number (const char **p, double *value);
/* As many numbers as there are, at most MAX. */
guint    rn_svg_numbers (const char *text, double *values, guint max);

RnSvgMatrix rn_svg_multiply (RnSvgMatrix outer, RnSvgMatrix inner);
RnSvgMatrix rn_svg_transform (const char *text);                        /* transform="" */
double      rn_svg_scale (RnSvgMatrix m);                               /* of lengths: the root of its determinant */
void        rn_svg_apply (RnSvgMatrix m, double x, double y, double *out_x, double *out_y);
RnSvgBox    rn_svg_map_box (RnSvgMatrix m, RnSvgBox box);               /* the upright box around it */
RnSvgBox    rn_svg_intersect (RnSvgBox a, RnSvgBox b);                  /* x2 < x1 or y2 < y1: nothing */

/* --- svg_colour.c ---------------------------------------------------------------------------------------------------------- */

/* A paint as light: 0 black, 1 white. */
typedef struct { enum { RN_SVG_NO_PAINT, RN_SVG_GREY, RN_SVG_CURRENT } kind; double light, alpha; } RnSvgPaint;

gboolean rn_svg_colour (const char *text, RnSvgPaint *paint);           /* a CSS colour, "none", "currentColor"; FALSE: none of these */
RnTint   rn_svg_tint (double light, double alpha);                      /* on white */

/* --- svg_style.c ----------------------------------------------------------------------------------------------------------- */

#define RN_SVG_MOST_DASHES 16

typedef struct {
	/* inherited */
	RnSvgPaint fill, stroke;
	RnSvgPaint colour;
	double   fill_alpha, stroke_alpha, stroke_width, font_size, letter_spacing, dash_offset;
	double   dashes[RN_SVG_MOST_DASHES];
	guint8   n_dashes, cap, join;
	guint8   family;                /* 0 sans, 1 serif, 2 mono */
	guint8   anchor;                /* 0 start, 1 middle, 2 end */
	guint8   baseline;              /* 0 the line itself, 1 middle, 2 central, 3 hanging, 4 below */
	gboolean bold, italic, even_odd, hidden, keep_spaces;
	const char *markers[3];         /* start, mid, end: ids (arena); NULL */
	const char *language;           /* arena; NULL */
	double   alpha;                 /* `opacity` of it and of all around it */
	/* its own */
	gboolean none;                  /* display: none */
	gboolean fixed_stroke;          /* vector-effect: non-scaling-stroke */
	const char *clip;               /* clip-path's id (arena); NULL */
} RnSvgStyle;

typedef struct RnSvgRules RnSvgRules;   /* svg_css.c */

typedef struct {
	const RnSvgSetting *setting;
	GArray      *marks;
	GHashTable  *ids;               /* id (the document's) -> xmlNode */
	RnSvgRules  *rules;
	const char  *unsupported;
	double       unit;              /* RnLength a unit of the outermost viewBox: for pixels that do not scale */
	guint        elements, segments, depth;
	gboolean     beyond;            /* a limit was passed */
	gboolean     in_marker;         /* markers have none themselves */
	RnSvgPath    path;              /* the outline at work, in user units */
	RnSvgPath    placed, part;      /* the same in RnLength, and what is left of it inside the clip */
} RnSvg;

/* Where an element stands: all that its children take over. */
typedef struct {
	RnSvgMatrix  matrix;            /* user units -> RnLength */
	RnSvgStyle   style;
	double       width, height;     /* of the viewport, for percentages */
	RnSvgBox     clip;              /* in RnLength */
} RnSvgState;

void        rn_svg_style_init (RnSvgStyle *style);
/* NODE's attributes, rules and style="", over what STATE has taken over from the element around it. */
void        rn_svg_style_apply (RnSvg *svg, RnSvgState *state, const xmlNode *node);
/* A length: units, percentages of AXIS ('x' 'y' or 0) of the viewport. */
double      rn_svg_length (const RnSvgState *state, const char *text, char axis, double fallback);
/* The mean of NODE's stops, or of those that it refers to. */
gboolean    rn_svg_gradient (RnSvg *svg, const xmlNode *node, RnSvgPaint *paint);

/* --- svg_css.c: <style> ------------------------------------------------------------------------------------------------------ */

typedef void (*RnSvgDeclare) (gpointer user, const char *name, const char *value);

RnSvgRules *rn_svg_rules_new (void);
void        rn_svg_rules_free (RnSvgRules *rules);
void        rn_svg_rules_read (RnSvgRules *rules, const char *css);
/* Weakest first; either those marked "!important" or the others. */
void        rn_svg_rules_match (RnSvgRules *rules, const xmlNode *node, gboolean important, RnSvgDeclare declare, gpointer user);
void        rn_svg_declarations (const char *text, gboolean important, RnSvgDeclare declare, gpointer user);   /* style="" */

/* --- svg.c --------------------------------------------------------------------------------------------------------------------- */

const char    *rn_svg_name (const xmlNode *node);                       /* an SVG element's name; NULL: it is none */
const char    *rn_svg_get (const xmlNode *node, const char *name);      /* an attribute; NULL */
const char    *rn_svg_href (const xmlNode *node);                       /* the id that it refers to; NULL */
const xmlNode *rn_svg_find (const RnSvg *svg, const char *id);          /* NULL id: NULL */
void           rn_svg_refuse (RnSvg *svg, const char *what);            /* static */
void           rn_svg_children (RnSvg *svg, const RnSvgState *state, const xmlNode *node);
/* The matrix of NODE's viewBox in a viewport of WIDTH x HEIGHT, by its preserveAspectRatio; the identity without one. */
RnSvgMatrix    rn_svg_view (const xmlNode *node, double width, double height, RnSvgBox *view);

/* --- svg_paint.c, svg_clip.c --------------------------------------------------------------------------------------------------- */

/* Fills and strokes svg->path; what stands out of the clip is cut off. */
void rn_svg_paint (RnSvg *svg, const RnSvgState *state);
/* The tint of a style's fill or stroke, its opacity folded in; FALSE: it leaves no trace. */
gboolean rn_svg_shade (const RnSvgStyle *style, gboolean stroke, RnTint *tint);
RnSvgBox rn_svg_path_box (const RnSvgPath *path);                       /* of the line itself, not of its handles */
gboolean rn_svg_path_is_box (const RnSvgPath *path);                    /* one upright rectangle */
/* PATH within BOX: areas cut along its edge (FILL), or lines cut off. Curves become short lines. */
void rn_svg_cut (const RnSvgPath *path, RnSvgBox box, gboolean fill, RnSvgPath *out);

/* --- svg_text.c, svg_marker.c -------------------------------------------------------------------------------------------------- */

void rn_svg_text (RnSvg *svg, const RnSvgState *state, const xmlNode *node);
/* The markers on the corners of svg->path, which it uses up. */
void rn_svg_markers (RnSvg *svg, const RnSvgState *state);

#endif
