/* build.c - rohnamo build; rohnamo check, which is a build that writes nothing; rohnamo print, which makes books alone. */
#include "command/call-int.h"

int rn_command_build (int argc, char **argv)
{
	return rn_call (RN_CALL_BUILD,
	                "The new output is made beside the old one and takes its place in one step; unchanged files are not touched.\n"
	                "A page that cannot be read is told, left out, and takes nothing else down.\n\n"
	                "  rohnamo build                                   this folder -> output/\n"
	                "  rohnamo build -s ~/notes -d /srv/www/notes      any folder of Markdown\n"
	                "  rohnamo build --repo site.git --rev v2 -d out   a revision, without a checkout\n"
	                "  rohnamo build --only site                       without what site.yaml prints; output/print stays as it is\n", argc, argv);
}

int rn_command_check (int argc, char **argv)
{
	return rn_call (RN_CALL_CHECK, "Tells every error in one run, with file, line and what to do. Exit code 1 where there are errors.\n", argc, argv);
}

int rn_command_print (int argc, char **argv)
{
	return rn_call (RN_CALL_PRINT,
	                "Makes files for reading and for a print shop in print/ of the output; what stands there beside them stays as it is.\n"
	                "A product is a file of layouts/print/, or an entry of print: in site.yaml. Without a name: those of site.yaml, or\n"
	                "the booklet. A product that cannot be made is told, left out, and takes no other down.\n\n"
	                "  rohnamo print                        all that site.yaml lists -> output/print/\n"
	                "  rohnamo print booklet poster         these two\n"
	                "  rohnamo print booklet --rev v2       as it was\n", argc, argv);
}
