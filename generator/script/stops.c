/*
 * stops.c - the first page at which each plugin was ended.
 *
 * In: pages and what is told there, from all threads. Out: one diagnostic a plugin. Invariant: what is kept is that of the lowest page, whoever came first.
 */
#include "script/stops.h"

typedef struct { gint before; RnDiagnosticId id; RnPlace where; char **args; } Stop;   /* before: the page's number + 1; 0: not ended */

struct RnStops {
	RnSite *site;
	GMutex  lock;      /* over writing */
	Stop   *stops;     /* of each of the site's plugins */
};

RnStops *rn_stops_new (RnSite *site)
{
	RnStops *stops = g_new0 (RnStops, 1);
	stops->site = site;
	stops->stops = g_new0 (Stop, site->n_plugins + 1);
	g_mutex_init (&stops->lock);
	return stops;
}

void rn_stops_free (RnStops *stops)
{
	if (!stops)
		return;
	for (guint i = 0; i < stops->site->n_plugins; i++)
		g_strfreev (stops->stops[i].args);
	g_free (stops->stops);
	g_mutex_clear (&stops->lock);
	g_free (stops);
}

gboolean rn_stops_reached (const RnStops *stops, const RnSitePlugin *plugin, gint page)
{
	const gint before = g_atomic_int_get (&stops->stops[plugin - stops->site->plugins].before);
	return before && page + 1 >= before;
}

void rn_stops_note (RnStops *stops, const RnSitePlugin *plugin, gint page, RnDiagnosticId id, RnPlace where, const char *const *args)
{
	Stop *stop = &stops->stops[plugin - stops->site->plugins];
	g_mutex_lock (&stops->lock);
	if (!rn_stops_reached (stops, plugin, page)) {
		g_strfreev (stop->args);
		stop->args = g_strdupv ((char **) args);
		stop->id = id;
		stop->where = where;
		g_atomic_int_set (&stop->before, page + 1);
	}
	g_mutex_unlock (&stops->lock);
}

gboolean rn_stops_any (const RnStops *stops)
{
	for (guint i = 0; i < stops->site->n_plugins; i++)
		if (stops->stops[i].before)
			return TRUE;
	return FALSE;
}

void rn_stops_settle (RnStops *stops, RnDiagnostics *sink)
{
	for (guint i = 0; i < stops->site->n_plugins; i++) {
		const Stop *stop = &stops->stops[i];
		if (!stop->before)
			continue;
		stops->site->plugins[i].stopped = TRUE;
		rn_diagnose_args (sink, stop->id, stop->where, (const char *const *) stop->args);
	}
}
