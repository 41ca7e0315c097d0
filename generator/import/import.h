/*
 * import.h - what one run of `rohnamo import` works on, and what it tells at its end.
 *
 * An importer reads its source once and puts pages (page.h). What cannot be kept as it was is told as lost; what carried no words of a
 * reader's (colours, remarks, magic words) as looks. Nothing of a source goes without being told as one of the two.
 */
#ifndef RN_IMPORT_IMPORT_H
#define RN_IMPORT_IMPORT_H

#include "model/library.h"

/* LOOKS: carried no words of a reader's; NOTE: kept, and somebody should know or do something; LOST: not kept. */
typedef enum { RN_IMPORT_LOOKS, RN_IMPORT_NOTE, RN_IMPORT_LOST } RnImportWeight;

/* where: "dump.xml: Title" or "file.csv:4:2"; both owned. */
typedef struct { RnImportWeight weight; char *where, *what; guint times; } RnImportTold;

typedef struct {
	const char *dir;               /* the site's folder; borrowed, as what follows */
	const RnSite *site;
	const RnLibrary *library;      /* all its pages, drafts too, as they are before the run */
	const char *type, *language;   /* asked for by the call; NULL: not */
	const RnValue *map;            /* the map's top; NULL: none */
	const char *today;             /* 2026-01-31, for `imported` */
	const char *code;              /* a country's, for phone numbers without one: "+12"; NULL: none */
	const char *name, *source;     /* of a law: its address, where its text is from; NULL: not said */
	gboolean dry_run, force;

	GPtrArray  *told;              /* RnImportTold, in the order in which they came */
	GHashTable *told_by;           /* where and what -> RnImportTold */
	GHashTable *claimed;           /* path -> where: the pages of this run */
	GPtrArray  *changes;           /* char *: "content/x.md: title: old -> new" */
	guint made, changed, same, left, lost;
} RnImport;

/* The lists and counts; the borrowed fields are the caller's to set. */
void rn_import_begin (RnImport *import);
void rn_import_end (RnImport *import);

/* Tells WHAT (printf) of WHERE; the same at the same place counts once, with how often it came. */
void rn_import_tell (RnImport *import, RnImportWeight weight, const char *where, const char *format, ...) G_GNUC_PRINTF (4, 5);

/* The value of KEY in the map's section SECTION ("categories", NULL: the top); NULL: none. Names are compared without regard to case of the first letter. */
const RnValue *rn_import_mapped (const RnValue *map, const char *section, const char *key);

/* Sorts a list of texts by their bytes: what comes out of a table or a folder has no order of its own. */
void rn_import_sort (GPtrArray *texts);

/* The importers. FALSE with an error: the source cannot be read; what was put before stays. */
gboolean rn_import_mediawiki (RnImport *import, const char *path, GError **error);
gboolean rn_import_csv (RnImport *import, const char *path, GError **error);
/* A law, through pandoc: an error says so where it is not installed. */
gboolean rn_import_docx (RnImport *import, const char *path, GError **error);
gboolean rn_import_html (RnImport *import, const char *path, GError **error);

#endif
