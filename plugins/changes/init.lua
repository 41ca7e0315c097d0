-- changes: what is new, by day, since a reader's last visit, and since the edition of a booklet.
--
-- In: when each page was written, changed or found to be right. Out: /<lang>/changes/ with the newest of them. Invariant: no sensitive page, no stand-in for a page of
-- another language, nothing without a date, nothing later than the edition; equal times stand in the order of addresses.

local KEY = "changes"
local MOST, BYTES = 250, 16000 -- what is listed: entries, and bytes of their titles and addresses, which keep the page below 14,600 compressed
local DAY = 86400

local function told_of (page, lang)
	return page.lang == lang and (page.kind == "content" or page.kind == "custom") and not page.fallback and not page.sensitive and page.changed ~= nil
end

-- All that changed, newest first, as { page, at }.
local function changed (lang)
	local list, latest = {}, site.edition and site.edition.date
	for page in each(site.all_pages) do
		if told_of(page, lang) then
			local at = page.changed
			list[#list + 1] = { page = page, url = page.url, at = latest and math.min(at, latest) or at }
		end
	end
	table.sort(list, function (a, b)
		if a.at ~= b.at then return a.at > b.at end
		return a.url < b.url
	end)
	return list
end

-- What fits of LIST, and how many entries do not.
local function fitting (list)
	local some, bytes = {}, 0
	for i, one in ipairs(list) do
		bytes = bytes + #one.page.title + #one.url
		if i > MOST or bytes > BYTES then return some, #list - #some end
		some[i] = one
	end
	return some, 0
end

-- For the layout: the newest changes as months of days, { { at, days = { { at, list } } } }; the newest of all in seconds; how many are not listed.
local function recent (lang)
	local list, more = fitting(changed(lang))
	local months, month, day = {}, nil, nil
	for _, one in ipairs(list) do
		local name, today = date(one.at, "month"), one.at // DAY
		if not month or month.name ~= name then
			month, day = { name = name, days = {} }, nil
			months[#months + 1] = month
		end
		if not day or day.number ~= today then
			day = { number = today, at = one.at, list = {} }
			month.days[#month.days + 1] = day
		end
		day.list[#day.list + 1] = one
	end
	return { months = months, newest = list[1] and list[1].at, more = more }
end

local function pages (site)
	local made = {}
	for language in each(site.languages) do
		local lang = language.code
		made[#made + 1] = {
			key = KEY, lang = lang, layout = "changes:changes", search = false, title = t_in(lang, "changes_title"), description = t_in(lang, "changes_description"),
		}
	end
	return made
end

return { pages = pages, helpers = { recent = recent } }
