/*
 * confine_calls.c - seccomp: which system calls. The only file that includes libseccomp's header.
 *
 * A list of what is taken away, not of what is left: a C library of tomorrow asks for calls that nobody thought of, and files are Landlock's. Calls in the
 * manner of another processor (32-bit ones on a 64-bit machine), which such a list would miss, kill the process.
 */
#include "base/confine.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>

static const int taken[] = {
	/* a network, and others by way of it; what is open can be read, written and accepted from */
	SCMP_SYS (socket), SCMP_SYS (connect), SCMP_SYS (bind), SCMP_SYS (listen), SCMP_SYS (sendmmsg),
	/* others' memory and descriptors */
#ifndef __SANITIZE_ADDRESS__
	SCMP_SYS (ptrace),
#endif
	SCMP_SYS (process_vm_readv), SCMP_SYS (process_vm_writev), SCMP_SYS (pidfd_getfd), SCMP_SYS (kcmp), SCMP_SYS (process_madvise),
	/* what the system is made of */
	SCMP_SYS (mount), SCMP_SYS (umount2), SCMP_SYS (pivot_root), SCMP_SYS (chroot), SCMP_SYS (fsopen), SCMP_SYS (fsmount), SCMP_SYS (fsconfig), SCMP_SYS (fspick),
	SCMP_SYS (move_mount), SCMP_SYS (open_tree), SCMP_SYS (mount_setattr), SCMP_SYS (swapon), SCMP_SYS (swapoff), SCMP_SYS (quotactl), SCMP_SYS (acct),
	SCMP_SYS (unshare), SCMP_SYS (setns), SCMP_SYS (init_module), SCMP_SYS (finit_module), SCMP_SYS (delete_module), SCMP_SYS (kexec_load), SCMP_SYS (kexec_file_load),
	SCMP_SYS (reboot), SCMP_SYS (sethostname), SCMP_SYS (setdomainname), SCMP_SYS (settimeofday), SCMP_SYS (clock_settime), SCMP_SYS (clock_adjtime), SCMP_SYS (adjtimex),
	SCMP_SYS (iopl), SCMP_SYS (ioperm), SCMP_SYS (syslog), SCMP_SYS (vhangup), SCMP_SYS (personality), SCMP_SYS (mknod), SCMP_SYS (mknodat),
	/* doors of the kernel that have let many in */
	SCMP_SYS (bpf), SCMP_SYS (perf_event_open), SCMP_SYS (userfaultfd), SCMP_SYS (io_uring_setup), SCMP_SYS (io_uring_enter), SCMP_SYS (io_uring_register),
	SCMP_SYS (add_key), SCMP_SYS (request_key), SCMP_SYS (keyctl), SCMP_SYS (open_by_handle_at), SCMP_SYS (fanotify_init), SCMP_SYS (lookup_dcookie),
	/* who it is */
	SCMP_SYS (setuid), SCMP_SYS (setgid), SCMP_SYS (setreuid), SCMP_SYS (setregid), SCMP_SYS (setresuid), SCMP_SYS (setresgid), SCMP_SYS (setgroups), SCMP_SYS (setfsuid), SCMP_SYS (setfsgid), SCMP_SYS (capset),
};
static const unsigned long namespaces[] = { CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET };

/* A call that this processor does not have is none to take away. */
static void take (scmp_filter_ctx filter, int call)
{
	seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), call, 0);
}

gboolean rn_confine_calls (gboolean programs)
{
	scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ALLOW);
	if (!filter)
		return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
		take (filter, taken[i]);
	if (!programs) {
		take (filter, SCMP_SYS (execve));
		take (filter, SCMP_SYS (execveat));
	}
	/* clone3 has its flags where no filter can look; the C library asks for clone where there is no such call. */
	seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (clone3), 0);
	for (guint i = 0; i < G_N_ELEMENTS (namespaces); i++)
		seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (clone), 1, SCMP_A0 (SCMP_CMP_MASKED_EQ, namespaces[i], namespaces[i]));
	/* Letters that a terminal takes for typed ones; higher bits of the number are not looked at by the kernel. */
	seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (ioctl), 1, SCMP_A1 (SCMP_CMP_MASKED_EQ, 0xffffffff, TIOCSTI));
	seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (ioctl), 1, SCMP_A1 (SCMP_CMP_MASKED_EQ, 0xffffffff, TIOCLINUX));
	seccomp_attr_set (filter, SCMP_FLTATR_CTL_TSYNC, 1);
	const gboolean held = !seccomp_load (filter);
	seccomp_release (filter);
	return held;
}
