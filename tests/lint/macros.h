/* macros.h - what cppcheck is told of macros whose own definitions are for compilers, or in headers that it does not read. */
#define G_GNUC_PRINTF(format, first)
#define G_GNUC_FORMAT(argument)
#define G_GNUC_NULL_TERMINATED
#define G_GNUC_WARN_UNUSED_RESULT
#define G_GNUC_UNUSED
#define G_GNUC_NORETURN
#define G_DEFINE_QUARK(name, function) GQuark function##_quark (void) { return 1; }
#define G_DEFINE_AUTOPTR_CLEANUP_FUNC(type, function)
#define G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(type, function)
#define g_autofree
#define g_autoptr(type) type *
#define g_auto(type) type
#define G_N_ELEMENTS(array) (sizeof (array) / sizeof ((array)[0]))
#define g_once_init_enter(place) (!*(place))
#define g_once_init_leave(place, value) (*(place) = (value))
#define g_array_append_vals(array, ...) g_array_append (array, __VA_ARGS__)
#define json_array_foreach(array, i, value) for (i = 0; i < json_array_size (array) && (value = json_array_get (array, i)) != NULL; i++)
#define json_object_foreach(object, key, value) for (void *at = json_object_iter (object); at != NULL && (key = json_key (at)) != NULL && (value = json_value (at)) != NULL; at = json_next (object, at))
