/* main.c - arguments -> one command. */
#include "command/command.h"

int main (int argc, char **argv)
{
	return rn_command_main (argc, argv);
}
