/*
 * words.c - the environment and the folders of compiled catalogues in; gettext ready in one language out.
 *
 * Invariant: no category of the locale but LC_MESSAGES is ever set, and that only to C.UTF-8, which every Debian has: glibc then goes by LANGUAGE, whether or not
 * the user's own locale was ever generated on this machine.
 */
#include "base/words.h"

#include <locale.h>
#include <string.h>

#define DOMAIN "rohnamo"

static char chosen[32] = "en";

const char *rn_words_language (void)
{
	return chosen;
}

static const char *of_environment (const char *name)
{
	const char *value = g_getenv (name);
	return value && *value ? value : NULL;
}

/* The languages that the user asks for, by preference: "tg:ru"; NULL: the program's own. */
static const char *wanted (void)
{
	const char *locale = of_environment ("LC_ALL");
	if (!locale)
		locale = of_environment ("LC_MESSAGES");
	if (!locale)
		locale = of_environment ("LANG");
	/* Who asks for C wants what programs read, whatever LANGUAGE says: so does glibc. */
	if (locale && (!strcmp (locale, "C") || !strcmp (locale, "POSIX")))
		return NULL;
	const char *languages = of_environment ("LANGUAGE");
	return languages ? languages : locale;
}

/* The folder that has words in LANGUAGE; NULL: none. */
static const char *folder_of (const char *const *folders, const char *language)
{
	for (; *folders; folders++) {
		g_autofree char *file = g_build_filename (*folders, language, "LC_MESSAGES", DOMAIN ".mo", NULL);
		if (g_file_test (file, G_FILE_TEST_IS_REGULAR))
			return *folders;
	}
	return NULL;
}

/* NAME without territory, encoding and variant: "ru_RU.UTF-8" is "ru". FALSE: not the name of a language. */
static gboolean shorten (const char *name, char *language)
{
	gsize n = strspn (name, "abcdefghijklmnopqrstuvwxyz");
	if (n < 2 || n >= sizeof chosen || (name[n] && !strchr ("_.@", name[n])))
		return FALSE;
	memcpy (language, name, n);
	language[n] = 0;
	return TRUE;
}

void rn_words_open (const char *const *folders)
{
	const char *all = wanted (), *folder = NULL;
	g_auto (GStrv) names = g_strsplit (all ? all : "", ":", -1);
	char language[sizeof chosen];
	for (char **name = names; *name && !folder; name++) {
		if (!shorten (*name, language))
			continue;
		if (!strcmp (language, "en"))
			return;
		folder = folder_of (folders, language);
	}
	if (!folder || !setlocale (LC_MESSAGES, "C.UTF-8"))
		return;
	strcpy (chosen, language);
	g_setenv ("LANGUAGE", language, TRUE);
	bindtextdomain (DOMAIN, folder);
	bind_textdomain_codeset (DOMAIN, "UTF-8");
	textdomain (DOMAIN);
	/* The C library would write its own texts in the encoding of LC_CTYPE, which is ASCII: they stay English, for rn_words_system. */
	bindtextdomain ("libc", folder);
}

const char *rn_words_system (int code)
{
	static const char *const known[] = {
		N_("Permission denied"), N_("Operation not permitted"), N_("No such file or directory"), N_("Not a directory"), N_("Is a directory"), N_("File exists"),
		N_("Directory not empty"), N_("No space left on device"), N_("Read-only file system"), N_("Input/output error"), N_("Too many open files"), N_("File too large"),
		N_("File name too long"), N_("Device or resource busy"), N_("Disk quota exceeded"), N_("Address already in use"), N_("Too many levels of symbolic links"),
	};
	const char *text = g_strerror (code);
	for (guint i = 0; i < G_N_ELEMENTS (known); i++)
		if (!strcmp (text, known[i]))
			return _(known[i]);
	return text;
}
