/*
 * stops.h - which plugins a budget ended while pages were made: shared by all hosts of one run over the pages.
 *
 * A plugin that is ended in one page is asked about no later one, so that it costs a budget or two and not one a page; it still is asked about earlier ones, so that the first
 * page at which it is ended is the same for any number of threads. What such a run has made and told is of no use: the plugin has no part in the next.
 */
#ifndef RN_SCRIPT_STOPS_H
#define RN_SCRIPT_STOPS_H

#include "model/site.h"

typedef struct RnStops RnStops;

/* For the plugins of SITE (borrowed). */
RnStops *rn_stops_new (RnSite *site);
void     rn_stops_free (RnStops *stops);

/* Was PLUGIN ended at PAGE, a number in the order of pages, or at an earlier one? From any thread. */
gboolean rn_stops_reached (const RnStops *stops, const RnSitePlugin *plugin, gint page);

/* PLUGIN was ended at PAGE; the rest is as for rn_diagnose_args, and told by rn_stops_settle if no earlier page does the same. WHERE's file must live as long as STOPS. From any thread. */
void     rn_stops_note (RnStops *stops, const RnSitePlugin *plugin, gint page, RnDiagnosticId id, RnPlace where, const char *const *args);

/* When all is through: was one ended? */
gboolean rn_stops_any (const RnStops *stops);

/* When all is through: tells SINK of each plugin that was ended, and marks it as stopped. */
void     rn_stops_settle (RnStops *stops, RnDiagnostics *sink);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RnStops, rn_stops_free)

#endif
