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

-- The newest of all that changed, MOST at most, newest first, as { page, url, at }; how many there are in all. A large site has thousands: their times alone are sorted as a whole.
local function changed (lang)
	local pages, times, latest = {}, {}, site.edition and site.edition.date
	for page in each(site.all_pages) do
		if told_of(page, lang) then
			pages[#pages + 1] = page
			times[#times + 1] = latest and math.min(page.changed, latest) or page.changed
		end
	end
	local order = table.move(times, 1, #times, 1, {})
	table.sort(order)
	-- Of those as old as the last that is taken, the first by address, which is the order of all pages.
	local list, last, equal = {}, order[math.max(1, #order - MOST + 1)], MOST
	for i = #order, 1, -1 do
		if order[i] == last then break end
		equal = equal - 1
	end
	for i, page in ipairs(pages) do
		if times[i] == last then equal = equal - 1 end
		if times[i] > last or times[i] == last and equal >= 0 then list[#list + 1] = { page = page, url = page.url, at = times[i] } end
	end
	table.sort(list, function (a, b)
		if a.at ~= b.at then return a.at > b.at end
		return a.url < b.url
	end)
	return list, #pages
end

-- What fits of LIST.
local function fitting (list)
	local some, bytes = {}, 0
	for i, one in ipairs(list) do
		bytes = bytes + #one.page.title + #one.url
		if bytes > BYTES then break end
		some[i] = one
	end
	return some
end

-- For the layout: the newest changes as months of days, { { at, days = { { at, list } } } }; the newest of all in seconds; how many are not listed.
local function recent (lang)
	local newest, all = changed(lang)
	local list = fitting(newest)
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
	return { months = months, newest = list[1] and list[1].at, more = all - #list }
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
