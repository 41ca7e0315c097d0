/* law.h - the Markdown of a law as a converter gives it in; with its articles as headings that links can lead to, out. */
#ifndef RN_IMPORT_LAW_H
#define RN_IMPORT_LAW_H

#include "import/import.h"

/* Without what converters leave of a document's bookmarks and styles; tables that Markdown cannot hold stay as HTML, which is told of WHERE. Free it. */
char *rn_law_tidy (RnImport *import, const char *markdown, const char *where);

/*
 * Paragraphs that begin with a language's word for an article and a number become headings "### Word 5. Title {#5}", those with its word for a chapter
 * "## ..." (`import: {articles: [..], chapters: [..]}` of layouts/lang/<code>.yaml: of LANGUAGE, else of any). A number that comes again is told, of WHERE, and stays a
 * paragraph. *articles: how many there are. Free it.
 */
char *rn_law_articles (RnImport *import, const RnLanguage *language, const char *markdown, const char *where, guint *articles);

#endif
