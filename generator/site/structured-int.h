/* structured-int.h - a type's plan, which structured.c makes and structured_write.c follows. */
#ifndef RN_SITE_STRUCTURED_INT_H
#define RN_SITE_STRUCTURED_INT_H

#include "site/structured.h"

/* What a page has without its type's fields; the names in layouts/structured.yaml. */
typedef enum {
	RN_FACT_TITLE, RN_FACT_DESCRIPTION, RN_FACT_URL, RN_FACT_LANGUAGE, RN_FACT_DATE, RN_FACT_CHANGED, RN_FACT_REVIEWED, RN_FACT_EXPIRES, RN_FACT_OWNER,
	RN_FACT_PUBLISHER, RN_FACT_SOURCE, RN_FACT_OPENING, RN_FACT_TEXT, RN_FACTS,
} RnFact;

/* A property: of a thing with properties of its own, or with a value. */
typedef struct RnProperty RnProperty;
struct RnProperty {
	const char *name, *type;         /* type NULL: it has a value */
	const char *open;                /* what it begins with in JSON: "\"author\":{\"@type\":\"Organization\"", "\"name\":" */
	gboolean checked;                /* of a root: not for pages that no editor has checked */
	gboolean needed;                 /* without it the thing that has it is not told of */
	RnFact fact;                     /* of a value, where field is NULL */
	const RnField *field;
	const char *before, *after;      /* a text around the value; NULL: none */
	RnProperty *first, *next;        /* its own properties; the next of its thing */
	RnProperty *other;               /* the same property from another source, where this one has no value */
};

typedef struct {
	const RnLibrary *library;
	const RnSite *site;
	const RnPage *page;
	const RnDocument *document;      /* NULL: no body */
	GString *out;
} RnTelling;

/* Appends PROPERTY (a root: the thing alone). FALSE: it has nothing to say; nothing is appended. */
gboolean rn_structured_put (const RnTelling *telling, const RnProperty *property);

/* The way from the home to the page as a BreadcrumbList. FALSE: it stands at the top. */
gboolean rn_structured_put_way (const RnTelling *telling);

#endif
