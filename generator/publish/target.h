/*
 * target.h - where to publish, as it is typed or named in site.yaml.
 *
 *   /srv/www/site               a folder that a web server shows: it becomes a link to the newest of the editions beside it
 *   git:pages                   the branch of this repository;  git:URL#pages  of another
 *   rclone:REMOTE:PATH          whatever rclone reaches
 *   folder:/media/card          a folder of plain files, on a memory card
 *
 * In site.yaml: publish: {live: /srv/www/site, card: {to: "folder:/media/card", also: [print]}, keep: 3}. keep and also stand for all targets, or in one.
 */
#ifndef RN_PUBLISH_TARGET_H
#define RN_PUBLISH_TARGET_H

#include "publish/edition.h"
#include "source/value.h"

typedef enum { RN_TARGET_SHELF, RN_TARGET_BRANCH, RN_TARGET_RCLONE, RN_TARGET_CARD } RnTargetKind;

#define RN_TARGET_KEEP 3

typedef struct {
	RnTargetKind kind;
	char *place;      /* the folder; rclone's REMOTE:PATH; the branch */
	char *remote;     /* BRANCH: the other repository's address; NULL: this one */
	guint keep;       /* SHELF: how many older editions stay */
	guint also;       /* RN_ALSO_* */
	gboolean named;   /* site.yaml says it */
} RnTarget;

/* Reads TEXT as it stands above. FALSE with ERROR (TARGET). rn_target_clear in any case. */
gboolean rn_target_parse (const char *text, RnTarget *target, GError **error);

/*
 * The target that site.yaml (CONFIG) calls TEXT, or else TEXT itself. FALSE with ERROR (TARGET): what stands there cannot be one, or holds a password.
 */
gboolean rn_target_find (const RnValue *config, const char *text, RnTarget *target, GError **error);
void     rn_target_clear (RnTarget *target);

#endif
