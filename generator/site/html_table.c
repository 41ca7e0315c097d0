/* html_table.c - tables. In a page they stand in a box that scrolls, with their header cells scoped; a row about a page that expires goes with it. */
#include "site/html-int.h"

static void cell (RnHtml *html, const RnNode *node)
{
	gboolean header = node->flags & RN_NODE_F_HEADER, plain = html->options->plain;
	const char *side = node->level == 'l' ? "left" : node->level == 'c' ? "center" : node->level == 'r' ? "right" : NULL;
	rn_html_put_text (html, header ? plain ? "<th" : "<th scope=\"col\"" : "<td");
	/* Left is where cells begin anyhow. */
	if (side && (plain || node->level != 'l')) {
		rn_html_put_text (html, plain ? " align=\"" : " class=\"");
		rn_html_put_text (html, side);
		PUT (html, "\"");
	}
	PUT (html, ">");
	rn_html_children (html, node);
	rn_html_put_text (html, header ? "</th>\n" : "</td>\n");
}

/* A row is about a page where its first cell begins with a link to it: by the phone's clock it goes when that page does. */
static void row_begin (RnHtml *html, const RnNode *row)
{
	const RnNode *about = row->first ? row->first->first : NULL;
	if (html->options->plain || !about || about->type != RN_NODE_LINK || !about->page || !about->page->expires) {
		PUT (html, "<tr");
		if (row->text && html->options->web)
			rn_html_put (html, row->text, row->len);
		PUT (html, ">\n");
		return;
	}
	g_autoptr (GString) day = g_string_sized_new (32);
	rn_language_date (html->options->language, day, about->page->expires, NULL);
	PUT (html, "<tr data-expires=\"");
	rn_html_put (html, day->str, day->len);
	PUT (html, "\">\n");
}

void rn_html_table (RnHtml *html, const RnNode *node)
{
	gboolean body = FALSE;
	rn_html_line (html);
	if (!html->options->plain)
		/* Who moves by keyboard must be able to stop at a box that scrolls. */
		PUT (html, "<div class=\"table\" tabindex=\"0\">\n");
	PUT (html, "<table>\n");
	for (const RnNode *row = node->first; row; row = row->next) {
		gboolean header = row->flags & RN_NODE_F_HEADER;
		if (header)
			PUT (html, "<thead>\n");
		else if (!body)
			PUT (html, "<tbody>\n"), body = TRUE;
		row_begin (html, row);
		for (const RnNode *c = row->first; c; c = c->next)
			cell (html, c);
		PUT (html, "</tr>\n");
		if (header)
			PUT (html, "</thead>\n");
	}
	if (body)
		PUT (html, "</tbody>\n");
	PUT (html, "</table>\n");
	if (!html->options->plain)
		PUT (html, "</div>\n");
}
