/* proof-int.h - what the files that read proofs share. */
#ifndef RN_MARKDOWN_PROOF_INT_H
#define RN_MARKDOWN_PROOF_INT_H

#include "markdown/proof.h"

/* What a character is to a proofreader; above LETTER a letter, by its alphabet (GUnicodeScript). */
enum { RN_PROOF_OTHER, RN_PROOF_MARK, RN_PROOF_DIGIT, RN_PROOF_LETTER };
#define RN_PROOF_SEEN 65536
#define RN_PROOF_TABLE 0x600   /* characters below it are looked up */

/* The rules of one language. */
typedef struct {
	guint       sentence;     /* words; 0: of any length */
	GHashTable *letters;      /* gunichar -> the letter that is typed in its place; NULL: none */
	GHashTable *words;        /* right words -> themselves */
	GHashTable *bare;         /* as they are typed without marks -> the right word */
	guint16    *small;        /* below RN_PROOF_TABLE: a letter as it is typed without marks, in small letters; NULL: no words */
	guint8     *seen;         /* RN_PROOF_SEEN bits, set for the hashes of the words without marks: which words are worth a second look */
	GHashTable *right;        /* hashes of the words as they are right: nearly all that are seen are */
	GPtrArray  *personal;     /* GRegex */
	guint8      foreign_quotes; /* which quotation marks are not the language's: bits; see proof_marks.c */
	gboolean    dashes;       /* hyphens between blanks are set as dashes */
} RnProofRules;

struct RnProof {
	const RnSite  *site;
	RnDiagnostics *sink;
	RnProofRules  *rules;     /* by the language's index */
	guint8         kinds[RN_PROOF_TABLE];
};

/* The page that is read: its rules, and its lines for exact places. */
typedef struct {
	const RnProof *proof;
	const RnProofRules *rules;
	const RnPage  *page;
	const char    *text, *end;
	guint32        line;      /* of the text's first line, in the file */
	guint8         level;     /* of the last heading */
	guint32        known;     /* line KNOWN, from 0, begins at START: looked up last */
	const char    *start;
	GString       *words;     /* of the block that is read */
	GArray        *lines;     /* guint32 pairs: from this byte of WORDS on they are of this line of the file */
} RnProofing;

/* The kind of character C. */
guint       rn_proof_kind (const RnProof *proof, gunichar c);
void        rn_proof_kinds_make (RnProof *proof);

/* Line LINE of the file, without its end; NULL: the text has none such. */
const char *rn_proof_line (RnProofing *proofing, guint32 line, gsize *len);
/* WHAT, in line LINE of the file; column 1 where it is written otherwise there. */
RnPlace     rn_proof_place (RnProofing *proofing, guint32 line, const char *what, gsize len);

/* proof_words.c: the words of TEXT, which stands in line LINE of the file, or where line is 0 at WHERE. */
void        rn_proof_words (RnProofing *proofing, const char *text, gsize len, guint32 line, RnPlace where);
/* proof_marks.c: the quotation marks and hyphens of the same. */
void        rn_proof_marks (RnProofing *proofing, const char *text, gsize len, guint32 line, RnPlace where);
/* Which quotation marks are no marks of LANGUAGE; 0: it has no rule. */
guint8      rn_proof_foreign_quotes (const RnLanguage *language);
/* The sentences and numbers of what is in proofing->words. */
void        rn_proof_block (RnProofing *proofing);
void        rn_proof_rules_read (RnProofRules *rules, const RnSite *site, const RnLanguage *language, RnDiagnostics *sink);
void        rn_proof_rules_clear (RnProofRules *rules);

#endif
