/* fields-int.h - the names of all that page, site and type hold, once; see host-int.h. */
X (kind) X (title) X (description) X (key) X (url) X (lang) X (dir) X (layout) X (text_lang) X (text_dir) X (url_depth) X (content) X (toc) X (type)
X (section) X (parent) X (ancestors) X (date) X (lastmod) X (reviewed) X (review_due) X (expires) X (publish) X (review_overdue) X (draft) X (stale)
X (sensitive) X (status) X (owner) X (author) X (first_author) X (fallback) X (twins) X (source) X (tags) X (audiences) X (sources) X (related)
X (pages) X (count) X (pager) X (subsections) X (previous) X (next) X (field) X (fields) X (data) X (aliases) X (commit) X (file) X (share) X (pictures) X (structured)
X (footer) X (base_url) X (languages) X (sections) X (home) X (hotlines) X (config) X (edition) X (profile) X (search) X (all_pages)
X (name) X (label) X (singular) X (icon) X (schema_org) X (declared)
X (page) X (missing) X (current)
X (part) X (parts) X (contents) X (whole) X (whole_bytes)
