/*
 * sitemap.h - sitemap.xml: every page with its twins (xhtml:link, itself and x-default among them: for homes the front door) and the day of its last change.
 *
 * The protocol allows 50,000 addresses a file: beyond that sitemap.xml is an index of sitemap-1.xml, sitemap-2.xml ...
 * Without base_url the addresses begin with '/': whoever knows where the tree stands can resolve them.
 */
#ifndef RN_SITE_SITEMAP_H
#define RN_SITE_SITEMAP_H

#include "model/library.h"

#define RN_SITEMAP_MAX 50000

/* The number of part files; 1: sitemap.xml alone. */
guint rn_sitemap_parts (const RnLibrary *library);

/* Part PART (from 1) into OUT; part 0: the index. Emptied first. */
void  rn_sitemap_make (const RnLibrary *library, guint part, GString *out);

#endif
