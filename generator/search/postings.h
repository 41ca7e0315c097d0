/*
 * postings.h - which terms a worker's pages have and how often, a few bytes each, gathered while their words are counted.
 *
 * A page is written in one go and read back by its place.
 */
#ifndef RN_SEARCH_POSTINGS_H
#define RN_SEARCH_POSTINGS_H

#include <glib.h>

typedef struct RnPostings RnPostings;

RnPostings *rn_postings_new (void);
void        rn_postings_free (RnPostings *postings);

/* Begins a page; its place. */
gsize       rn_postings_page (RnPostings *postings);
/* TERM from 1, as the vocabulary numbers it. count: from 1, by the weights of the columns. */
void        rn_postings_add (RnPostings *postings, guint32 term, guint count, gboolean in_title);
/* Ends the page. */
void        rn_postings_end (RnPostings *postings);

typedef struct { guint32 term, count; gboolean in_title; } RnPosting;

/* The next posting of the page at *AT. FALSE: it has no more. */
gboolean    rn_postings_next (const RnPostings *postings, gsize *at, RnPosting *posting);

#endif
