/*
 * schema.h - a type of pages (faq, vacancies ...): content/<type>/_type.yaml says which fields its pages have.
 *
 * A field's value is checked and converted when the page is read; what does
 * not fit is a diagnostic at the value's place and the field is left out.
 */
#ifndef RN_MODEL_SCHEMA_H
#define RN_MODEL_SCHEMA_H

#include "base/diagnostic.h"
#include "source/value.h"

typedef enum {
	RN_FIELD_TEXT, RN_FIELD_MARKDOWN, RN_FIELD_DATE, RN_FIELD_NUMBER, RN_FIELD_MONEY, RN_FIELD_ENUM, RN_FIELD_LIST, RN_FIELD_REFERENCE,
	RN_FIELD_PHONE, RN_FIELD_EMAIL, RN_FIELD_URL, RN_FIELD_COORDINATES, RN_FIELD_IMAGE, RN_FIELD_BOOLEAN, RN_FIELD_ANY,
} RnFieldType;

typedef struct RnField {
	const char    *name;
	RnFieldType    type;
	RnFieldType    item;                    /* of a list's items */
	const RnValue *label;                   /* text or {lang: text}; NULL: the name */
	gboolean       required, shared, facet, withheld;
	gboolean       unprinted;               /* print: false: not among the facts of a printed page */
	double         min, max;                /* NaN: none; for text the length in characters */
	GRegex        *pattern;                 /* NULL: none */
	const char    *pattern_text;
	const RnValue *fallback;                /* default */
	const RnValue *values;                  /* enum: a map key -> text or {lang: text}, or a list of keys */
	const char    *to;                      /* reference: the type its pages must have; NULL: any */
	const char    *schema;                  /* where it stands in the page's structured data: a path, see rn_schema_path; NULL: nowhere */
} RnField;

typedef struct RnType {
	const char    *name;                    /* the folder's: "faq"; "" for pages outside any typed folder */
	const RnValue *config;                  /* the whole _type.yaml; NULL for a plain section */
	const RnValue *label, *singular;        /* text or {lang: text}; NULL: the name */
	const char    *icon, *layout, *list_layout, *schema_org; /* may be NULL */
	const char    *source_language;         /* NULL: the site's first */
	const char    *review_every;            /* "6 months"; NULL */
	const char    *sort;                    /* "weight", "title", "date", "-date", or a field's name */
	const char    *group_by;                /* an enum field by whose values the section leads to lists of their own; NULL */
	gboolean       hold_stale;              /* on_stale: hold */
	gboolean       unsearched;              /* search: false: its pages are not in the index, their list is */
	gboolean       team;                    /* profile: counsellor: its pages are for the team, and in that profile alone */
	gboolean       declared;                /* has a _type.yaml */
	const RnField *fields;                  /* sorted by name */
	guint          n_fields;
} RnType;

/* config: the parsed _type.yaml, or NULL. FILE for the diagnostics. Never NULL: what is wrong in it is told and left out. */
RnType        *rn_type_new (RnArena *arena, const char *name, const RnValue *config, const char *file, RnDiagnostics *sink);
void           rn_type_free (RnType *type);

const RnField *rn_type_field (const RnType *type, const char *name);

/* Does VALUE fit FIELD? Gives the converted value (in ARENA), or NULL after a diagnostic in FILE. References are resolved later. */
const RnValue *rn_field_read (const RnField *field, const RnValue *value, RnArena *arena, const char *file, RnDiagnostics *sink);

/*
 * Is PATH one of schema.org's properties, with the types of the things on the way: "name", "employer:Organization.name"? After a space may stand
 * the text that the value, {}, is a part of: "duration PT{}M".
 */
gboolean       rn_schema_path (const char *path);

/* The name of a field type as _type.yaml has it. */
const char    *rn_field_type_name (RnFieldType type);

#endif
