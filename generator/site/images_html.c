/* images_html.c - a picture's markup: the browser chooses the width, and knows the room it takes before a byte of it has come. */
#include "site/images-int.h"

/* Below, a button to ask for it would cost more than it saves. */
#define WORTH_ASKING 4096

static gsize cost (const RnImage *image)
{
	for (guint i = 0; i < image->n_webp; i++)
		if (image->webp[i].width >= RN_IMAGES_PHONE || i + 1 == image->n_webp)
			return image->webp[i].bytes;
	return image->plain.bytes;
}

static void source (const RnImageRules *rules, const RnImage *image, const RnImageTag *tag, GString *out)
{
	g_string_append (out, "<picture><source type=\"image/webp\" srcset=\"");
	for (guint i = 0; i < image->n_webp; i++) {
		if (i)
			g_string_append (out, ", ");
		tag->address (tag->user, out, image->webp[i].url);
		if (image->n_webp > 1)
			g_string_append_printf (out, " %uw", image->webp[i].width);
	}
	if (image->n_webp > 1)
		g_string_append_printf (out, "\" sizes=\"%s", rules->sizes);
	g_string_append (out, "\">");
}

gboolean rn_image_html (const RnImages *images, const RnImage *image, const RnImageTag *tag, GString *out)
{
	gsize bytes = cost (image);
	if (image->n_webp)
		source (rn_images_rules (images), image, tag, out);
	g_string_append (out, "<img src=\"");
	tag->address (tag->user, out, image->plain.url);
	g_string_append_printf (out, "\" alt=\"%s\"", tag->alt);
	if (tag->title)
		g_string_append_printf (out, " title=\"%s\"", tag->title);
	guint width = tag->width && tag->width < image->width ? tag->width : image->width;
	if (width)
		g_string_append_printf (out, " width=\"%u\" height=\"%u\"", width, (guint) MAX (((guint64) image->height * width + image->width / 2) / image->width, 1));
	if (!tag->first)
		g_string_append (out, " loading=\"lazy\"");
	g_string_append (out, " decoding=\"async\"");
	if (bytes >= WORTH_ASKING)
		g_string_append_printf (out, " data-kb=\"%u\"", (guint) ((bytes + 1023) / 1024));
	g_string_append (out, image->n_webp ? "></picture>" : ">");
	return bytes >= WORTH_ASKING;
}
