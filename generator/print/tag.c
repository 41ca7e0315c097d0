/* tag.c - tags are made in the order in which text is set, and numbered by it. */
#include "print/tag.h"

RnTag *rn_tag_new (RnTags *tags, RnTag *parent, RnRole role)
{
	RnTag *tag = rn_arena_new0 (tags->arena, RnTag);
	tag->role = (guint8) role;
	tag->parent = parent;
	tag->number = tags->n++;
	return tag;
}
