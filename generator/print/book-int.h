/* book-int.h - what settling a book shares with book_numbers.c. */
#ifndef RN_PRINT_BOOK_INT_H
#define RN_PRINT_BOOK_INT_H

#include "print/book.h"

/* Mark AT of PIECE is NUMBER's, of whose glyphs the first LEN alone are needed: takes the others away and closes the line up. */
void rn_piece_close_up (RnPiece *piece, guint at, const RnSideNumber *number, guint len);

#endif
