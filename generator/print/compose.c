/* compose.c - the name of a kind -> who composes it. */
#include "print/compose.h"

#include <string.h>

RnCompose rn_composer_of (const char *kind)
{
	static const struct { const char *kind; RnCompose compose; } composers[] = {
		{ "booklet", rn_compose_booklet }, { "parallel", rn_compose_parallel }, { "panels", rn_compose_panels }, { "cards", rn_compose_cards },
		{ "poster", rn_compose_poster },
	};
	for (guint i = 0; i < G_N_ELEMENTS (composers); i++)
		if (!strcmp (composers[i].kind, kind))
			return composers[i].compose;
	return NULL;
}
