/*
 * feeds.h - Atom feeds (RFC 4287): one a language, of its newest pages, one a section, and those of plugins.
 *
 * With base_url, addresses and ids are absolute; without, addresses are relative to the feed and ids are name-based UUIDs, so that a feed is
 * valid wherever the tree is served. Dates come from the content and its history: never the build's.
 */
#ifndef RN_SITE_FEEDS_H
#define RN_SITE_FEEDS_H

#include "model/added.h"

/* Has PAGE a feed: a home, or a section, with dated pages below it (`newest`)? Its address is the page's with "feed.xml". */
gboolean rn_feed_wanted (const RnPage *page);

/* The feed of such a page into OUT (emptied first). */
void     rn_feed_make (const RnLibrary *library, const RnPage *page, GString *out);
/* A plugin's. */
void     rn_feed_make_added (const RnLibrary *library, const RnAddedFeed *feed, GString *out);

#endif
