/* postings.c - numbers as LEB128 in blocks of memory that never move: a term, then its count and whether it is in the title. A term 0 ends a page. */
#include "search/postings.h"

#define BLOCK ((gsize) 1 << 20)

struct RnPostings { GPtrArray *blocks; gsize at; };

RnPostings *rn_postings_new (void)
{
	RnPostings *postings = g_new0 (RnPostings, 1);
	postings->blocks = g_ptr_array_new_with_free_func (g_free);
	return postings;
}

void rn_postings_free (RnPostings *postings)
{
	if (!postings)
		return;
	g_ptr_array_unref (postings->blocks);
	g_free (postings);
}

static inline void put_byte (RnPostings *postings, guint8 byte)
{
	if (postings->at == postings->blocks->len * BLOCK)
		g_ptr_array_add (postings->blocks, g_malloc (BLOCK));
	((guint8 *) postings->blocks->pdata[postings->at / BLOCK])[postings->at % BLOCK] = byte;
	postings->at++;
}

static inline void put_number (RnPostings *postings, guint32 number)
{
	for (; number >= 0x80; number >>= 7)
		put_byte (postings, (guint8) (number | 0x80));
	put_byte (postings, (guint8) number);
}

gsize rn_postings_page (RnPostings *postings)
{
	return postings->at;
}

void rn_postings_add (RnPostings *postings, guint32 term, guint count, gboolean in_title)
{
	put_number (postings, term);
	put_number (postings, count * 2 + (in_title != FALSE));
}

void rn_postings_end (RnPostings *postings)
{
	put_number (postings, 0);
}

static inline guint32 get_number (const RnPostings *postings, gsize *at)
{
	guint32 number = 0, byte;
	guint shift = 0;
	do {
		byte = ((const guint8 *) postings->blocks->pdata[*at / BLOCK])[*at % BLOCK];
		++*at;
		number |= (byte & 0x7f) << shift;
		shift += 7;
	} while (byte & 0x80);
	return number;
}

gboolean rn_postings_next (const RnPostings *postings, gsize *at, RnPosting *posting)
{
	posting->term = get_number (postings, at);
	if (!posting->term)
		return FALSE;
	guint32 value = get_number (postings, at);
	posting->count = value / 2;
	posting->in_title = value & 1;
	return TRUE;
}
