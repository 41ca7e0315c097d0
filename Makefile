# Rohnamo. `make help` lists the targets; everything compiled goes to build/.

SHELL := /bin/bash
B     ?= build
CC    := $(if $(filter default,$(origin CC)),gcc,$(CC))
# make V=1 shows the whole commands.
Q     := $(if $(V),,@)
PREFIX ?= /usr/local

# The rooms, lowest first: a room may include those before it.
ROOMS := base source model markdown script search site print press preview edit publish import command

PACKAGES := glib-2.0 gio-2.0 gio-unix-2.0 libgit2 libxml-2.0 lua5.4 yaml-0.1 jansson libcmark-gfm harfbuzz harfbuzz-subset libdeflate libqrencode gdk-pixbuf-2.0 libpng libwebp libwebpdemux libbrotlienc zlib sqlite3 libsoup-3.0 libseccomp
VERSION  := 0.1.0

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wpointer-arith -Wvla -Wformat=2 $(WERROR)
# O2 with -g: a crash in the field names its line. Hidden symbols: nothing is exported.
OPT    ?= -O2 -g
CFLAGS += -std=gnu11 $(OPT) $(WARN) $(SANITIZE) -fno-strict-aliasing -pthread -Igenerator -I$(B)/gen \
          -D_GNU_SOURCE -DRN_VERSION='"$(VERSION)"' -DRN_SHARE='"$(PREFIX)/share/rohnamo"' $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
# Lua and cmark-gfm go into the program where their archives are: a build calls them a thousand times a page, and without the detour
# through a shared library's table all of it is a tenth faster.
archive = $(or $(filter /%,$(shell $(CC) -print-file-name=lib$(1).a)),-l$(1))
LDLIBS += $(call archive,cmark-gfm-extensions) $(call archive,cmark-gfm) $(call archive,lua5.4) \
          $(filter-out -lcmark-gfm -llua5.4,$(shell pkg-config --libs $(PACKAGES) 2>/dev/null)) -lstemmer -lm
LDFLAGS += $(SANITIZE) -pthread

SOURCES := $(foreach r,$(ROOMS),$(sort $(wildcard generator/$(r)/*.c)))
OBJECTS := $(SOURCES:generator/%.c=$(B)/obj/%.o)
MAIN    := $(B)/obj/main.o
CATALOGUES := $(patsubst generator/po/%.po,$(B)/locale/%/LC_MESSAGES/rohnamo.mo,$(wildcard generator/po/*.po))

.DEFAULT_GOAL := help
.PHONY: flags help site test faults branches bench install uninstall deb tarball clean deps program extension unit pot manual cms fuzz fuzz-afl fuzzers
.SECONDARY:

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

site: deps ## install what is missing, build, and make the starter site in output/
	@$(MAKE) --no-print-directory -j$$(nproc) program
	$(B)/rohnamo build

flags: # what the compiler is told, as a shell reads it: for tests/lint/
	@: $(info $(CFLAGS))

deps: # install the Debian packages that pkg-config misses
	@./tests/setup/deps

program: $(B)/rohnamo $(CATALOGUES)

# rohnamo(1) in each language, and what shells complete: made from what `rohnamo help` says.
LANGUAGES := $(patsubst generator/po/%.po,%,$(wildcard generator/po/*.po))
manual: $(B)/man/en/rohnamo.1 $(LANGUAGES:%=$(B)/man/%/rohnamo.1) $(B)/completion/rohnamo $(B)/completion/_rohnamo ## the manual's pages and what shells complete

$(B)/man/%/rohnamo.1: $(B)/rohnamo $(CATALOGUES)
	@mkdir -p $(@D)
	$(Q)LC_ALL=C.UTF-8 LANGUAGE=$* $< help --manual >$@

$(B)/completion/rohnamo: $(B)/rohnamo
	@mkdir -p $(@D)
	$(Q)LC_ALL=C $< help --complete-bash >$@

$(B)/completion/_rohnamo: $(B)/rohnamo
	@mkdir -p $(@D)
	$(Q)LC_ALL=C $< help --complete-zsh >$@

# What the program says, in other languages: generator/po/README.md.
pot: $(B)/rohnamo.pot ## all messages of the program, for translators

$(B)/rohnamo.pot: $(SOURCES) generator/main.c generator/base/diagnostics.def generator/po/extract
	@mkdir -p $(@D)
	$(Q)generator/po/extract $@

$(B)/locale/%/LC_MESSAGES/rohnamo.mo: generator/po/%.po
	@mkdir -p $(@D)
	$(if $(V),,@echo "  words $<")
	$(Q)msgfmt --check-format --check-domain -o $@ $<

$(B)/rohnamo: $(MAIN) $(OBJECTS)
	$(if $(V),,@echo "  link  $@")
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/obj/%.o: generator/%.c Makefile
	@mkdir -p $(@D)
	$(if $(V),,@echo "  cc    $<")
	$(Q)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

# FTS5's tokenizer for other programs: generator/search/README.md.
EXTENSION := $(foreach f,rules fold stem tokenizer,generator/search/$(f).c)
extension: $(B)/librohnamo-fts5.so ## the tokenizer of search.db for other programs

$(B)/librohnamo-fts5.so: $(EXTENSION) $(wildcard generator/search/*.h) Makefile
	@mkdir -p $(@D)
	$(if $(V),,@echo "  link  $@")
	$(Q)$(CC) $(CFLAGS) -DRN_EXTENSION -fPIC -fvisibility=hidden -shared -o $@ $(EXTENSION) $(SANITIZE) $(shell pkg-config --libs glib-2.0 jansson) -lstemmer

test: ## set up and run all tests
	@./tests/run

faults: program ## each call of the system that a build makes fails once (hours)
	@./tests/faults/run $(B)/rohnamo --every

branches: ## which ways out of a call of the system the faults took (an hour)
	@./tests/faults/branches

bench: program ## speed beside the floor and other generators, in one run
	@./tests/bench/run

# Unit tests: tests/unit/<room>/<name>.c, each a program linked with its room and those below it.
UNITS := $(sort $(wildcard tests/unit/*/*.c))
UNIT_PROGRAMS := $(UNITS:tests/unit/%.c=$(B)/unit/%)
unit: $(UNIT_PROGRAMS)

up-to = $(if $(filter $(firstword $(2)),$(1)),$(1),$(firstword $(2)) $(call up-to,$(1),$(wordlist 2,99,$(2))))
define unit-rule
$(B)/unit/$(1)/%: tests/unit/$(1)/%.c $(foreach r,$(call up-to,$(1),$(ROOMS)),$(patsubst generator/%.c,$(B)/obj/%.o,$(wildcard generator/$(r)/*.c)))
	@mkdir -p $$(@D)
	$$(if $$(V),,@echo "  test  $$<")
	$$(Q)$(CC) $(CFLAGS) -DRN_TESTS='"tests"' -MMD -MP -o $$@ $$(filter %.c %.o,$$^) $(LDFLAGS) $(LDLIBS)
endef
$(foreach r,$(ROOMS),$(eval $(call unit-rule,$(r))))

# Programs of tests/bench/ that measure rooms from within.
$(B)/bench/%: tests/bench/%.c $(OBJECTS)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -o $@ $< $(OBJECTS) $(LDFLAGS) $(LDLIBS)

# One file of npm's, pinned by version and hash; its program has all that it needs in it.
CMS     := 3.16.3
CMS_SUM := 85ff9d3e50a1ed32665a5f3ee954731d839686b8b9c605249eb65b0dec1a59ee2cf41ef127c3d0ba0a7640779295d3142b36afebecf4a08a7051885424362d63
cms: $(B)/cms/decap-cms.js ## the editor for browsers (by npm), for rohnamo serve --cms

$(B)/cms/decap-cms.js: Makefile
	@mkdir -p $(B)/cms
	cd $(B)/cms && npm pack --silent decap-cms@$(CMS) >/dev/null && echo "$(CMS_SUM)  decap-cms-$(CMS).tgz" | sha512sum --check --quiet
	cd $(B)/cms && tar -xzf decap-cms-$(CMS).tgz --strip-components=2 --wildcards 'package/dist/*decap-cms.js' 'package/dist/*LICENSE.txt' && rm decap-cms-$(CMS).tgz && touch decap-cms.js

# Fuzzing (tests/fuzz/README.md): a target with replay.c reads files once more; with ENGINE=-fsanitize=fuzzer it looks for new ones.
TARGETS := $(sort $(wildcard tests/fuzz/targets/*.c))
FUZZERS := $(TARGETS:tests/fuzz/targets/%.c=$(B)/fuzz/%)
ENGINE  ?= tests/fuzz/replay.c
fuzzers: $(FUZZERS)

fuzz: ## look for inputs that break a reader: each target for TIME seconds
	@./tests/fuzz/campaign

fuzz-afl: # the same by AFL++, of one TARGET
	@./tests/fuzz/afl $(TARGET)

$(B)/rooms.a: $(OBJECTS)
	$(Q)rm -f $@ && ar rcs $@ $^

$(B)/fuzz/%: tests/fuzz/targets/%.c tests/fuzz/world.c $(filter %.c,$(ENGINE)) tests/fuzz/world.h $(B)/rooms.a Makefile
	@mkdir -p $(@D)
	$(if $(V),,@echo "  fuzz  $<")
	$(Q)$(CC) $(CFLAGS) -DRN_TESTS='"tests"' -o $@ $(filter %.c %.a,$^) $(filter-out %.c,$(ENGINE)) $(LDFLAGS) $(LDLIBS)

install: program extension manual ## install the program, layouts and plugins (DESTDIR, PREFIX)
	install -Dm755 $(B)/rohnamo $(DESTDIR)$(PREFIX)/bin/rohnamo
	install -Dm755 $(B)/librohnamo-fts5.so $(DESTDIR)$(PREFIX)/lib/rohnamo/librohnamo-fts5.so
	install -Dm644 $(B)/man/en/rohnamo.1 $(DESTDIR)$(PREFIX)/share/man/man1/rohnamo.1
	for l in $(LANGUAGES); do install -Dm644 $(B)/man/$$l/rohnamo.1 $(DESTDIR)$(PREFIX)/share/man/$$l/man1/rohnamo.1; done
	install -Dm644 $(B)/completion/rohnamo $(DESTDIR)$(PREFIX)/share/bash-completion/completions/rohnamo
	install -Dm644 $(B)/completion/_rohnamo $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_rohnamo
	cd $(B)/locale && find . -name '*.mo' -exec install -Dm644 {} $(DESTDIR)$(PREFIX)/share/rohnamo/locale/{} \;
	for d in layouts plugins content; do (cd $$d && find . -type f -exec install -Dm644 {} $(DESTDIR)$(PREFIX)/share/rohnamo/$$d/{} \;); done
	if [ -d $(B)/cms ]; then (cd $(B)/cms && find . -type f -exec install -Dm644 {} $(DESTDIR)$(PREFIX)/share/rohnamo/cms/{} \;); fi

uninstall: ## remove what install put there (DESTDIR, PREFIX)
	rm -f $(DESTDIR)$(PREFIX)/bin/rohnamo $(DESTDIR)$(PREFIX)/lib/rohnamo/librohnamo-fts5.so $(DESTDIR)$(PREFIX)/share/man/man1/rohnamo.1 $(LANGUAGES:%=$(DESTDIR)$(PREFIX)/share/man/%/man1/rohnamo.1)
	rm -f $(DESTDIR)$(PREFIX)/share/bash-completion/completions/rohnamo $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_rohnamo
	rm -rf $(DESTDIR)$(PREFIX)/share/rohnamo
	-rmdir $(DESTDIR)$(PREFIX)/lib/rohnamo 2>/dev/null

deb: ## a Debian package in build/deb (generator/packaging/README.md)
	generator/packaging/deb $(B)/deb

tarball: program extension manual ## the program with its libraries, for machines without them
	generator/packaging/tarball $(B) $(B)/tarball

clean: ## remove what was built; output/ keeps its placeholder
	rm -rf $(B)
	find output -mindepth 1 -maxdepth 1 ! -name README.md ! -name '.*' -exec rm -rf {} +

-include $(OBJECTS:.o=.d) $(MAIN:.o=.d) $(UNIT_PROGRAMS:=.d)
