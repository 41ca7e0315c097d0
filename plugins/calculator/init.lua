-- calculator: what a work patent and the papers around it cost, as a table to fill in, on paper or on the phone.
--
-- In: data/calculator.yaml (its head explains it). Out: the page "calculator" in each language and the block ```calculator.
-- A sum without its date and source is not shown: who tells it stands there, and the reader writes it in.

local FILE, KEY = "data/calculator.yaml", "calculator"
local WHEN, YEAR = { once = true, monthly = true, yearly = true, if_late = true }, 365 * 86400

local function in_full (entry, sum)
	return type(sum) == "number" and entry.date and entry.source and sum or nil
end

local function pages ()
	local data, made = site.table(FILE), {}
	if not data then return nil end
	for language in each(site.languages) do
		local lang = language.code
		made[#made + 1] = {
			key = KEY, lang = lang, from = data, title = text_of(data.title, lang), status = data.status, description = t_in(lang, "calculator_about"),
			body = "```calculator month\n```\n\n## " .. t_in(lang, "calculator_all") .. " {#all}\n\n```calculator parts\n```\n",
		}
	end
	return made
end

-- ## What is shown

local function linked (source, lang)
	local words = plain(text_of(source.title, lang))
	return source.url and "[" .. words .. "](" .. source.url .. ")" or words
end

-- Where a sum is from, and since when; an old one is not today's.
local function origin (entry, lang)
	local old = site.now - entry.date > YEAR and "; **" .. t_in(lang, "calculator_old") .. "**" or ""
	return linked(entry.source, lang) .. ", " .. date(entry.date, "short") .. old
end

local function sum_of (data, amount)
	return plain(money({ amount = amount, currency = data.currency }))
end

local function label (text, field)
	return "<label>" .. escape(text) .. " " .. field .. "</label>"
end

local function controls (data, lang)
	local months = data.months
	local options = { '<option value="">' .. escape(t_in(lang, "calculator_choose")) .. "</option>" }
	for _, region in ipairs(data.regions) do
		options[#options + 1] = '<option value="' .. escape(tostring(in_full(region, region.monthly) or 0)) .. '">' .. escape(text_of(region.name, lang)) .. "</option>"
	end
	return '<div class="calc" hidden>' .. label(t_in(lang, "calculator_region"), "<select>" .. table.concat(options) .. "</select>")
		.. label(t_in(lang, "calculator_months"), string.format('<input type="number" inputmode="numeric" min="%d" max="%d" value="%d">', months.min, months.max, months.default))
		.. '<p class="soft" role="status" data-ask="' .. escape(text_of(data.formula.ask, lang)) .. '"></p></div>'
end

-- The month's payment: how it comes about, and the regions whose sum is known.
local function month (data, lang)
	local formula, rows = data.formula, {}
	local tree = { { "paragraph", plain(text_of(formula.text, lang)) .. " (" .. linked(formula.source, lang) .. "). " .. plain(text_of(formula.ask, lang)) .. "." } }
	for _, region in ipairs(data.regions) do
		if in_full(region, region.monthly) then rows[#rows + 1] = { plain(text_of(region.name, lang)), sum_of(data, region.monthly), origin(region, lang) } end
	end
	if #rows > 0 then
		tree[2] = { "table", head = { t_in(lang, "calculator_region"), t_in(lang, "calculator_month"), t_in(lang, "calculator_from") }, rows = rows }
	end
	tree.web, tree.script, tree.style = controls(data, lang), "calculator.js", "calculator.css"
	return tree
end

local function part_row (data, part, lang)
	local amount, name = in_full(part, part.amount), plain(text_of(part.name, lang))
	local what = { "**" .. (part.page and "[" .. name .. "](/" .. part.page .. ")" or name) .. "**", plain(t_in(lang, "calculator_" .. tostring(part.when))) }
	if part.optional then what[#what + 1] = plain(t_in(lang, "calculator_optional")) end
	local whom = amount and origin(part, lang) or plain(t_in(lang, "calculator_ask")) .. " " .. plain(text_of(part.ask, lang))
	if part.note then whom = whom .. ". " .. plain(text_of(part.note, lang)) end
	return { table.concat(what, "; ") .. ". " .. whom, amount and sum_of(data, amount) or "" },
		{ key = part.key, when = part.when, amount = amount and tostring(amount) or nil, optional = part.optional or nil }
end

local function parts (data, lang)
	local rows, about, warnings = {}, {}, { "list" }
	for i, part in ipairs(data.parts) do rows[i], about[i] = part_row(data, part, lang) end
	for _, text in ipairs(data.warnings or {}) do warnings[#warnings + 1] = plain(text_of(text, lang)) end
	local currency = string.gsub(money({ amount = 5, currency = data.currency }), "^5\u{a0}", "")
	local head = { t_in(lang, "calculator_part"), t_in(lang, "calculator_sum", { currency = currency }) }
	local tree = { { "table", head = head, rows = rows, data = about } }
	if #warnings > 1 then tree[2] = { "callout", kind = "warning", title = t_in(lang, "calculator_warning"), warnings } end
	tree.web = '<p class="callout total" role="status" hidden data-words="' .. escape(t_in(lang, "calculator_total", { currency = currency }))
		.. '" data-missing="' .. escape(t_in(lang, "calculator_missing")) .. '"></p>'
	return tree
end

-- ```calculator month, ```calculator parts
local function block (args, _, page)
	local data = site.table(FILE)
	if not data then return "" end
	if args[1] == "month" then return month(data, page.lang) end
	if args[1] == "parts" then return parts(data, page.lang) end
	error("```calculator takes 'month' or 'parts'")
end

-- ## What is wrong in the table

local function check_sum (entry, sum, name, tell)
	if sum ~= nil and type(sum) ~= "number" then
		tell { id = "sum", severity = "error", at = entry, message = "the sum of '" .. tostring(entry.key) .. "' is no number: " .. tostring(sum), hint = "digits alone, or null" }
	elseif sum and not in_full(entry, sum) then
		tell { id = "source", severity = "error", at = entry, message = "'" .. name .. "' of '" .. tostring(entry.key) .. "' has no date or no source: it is not shown",
			hint = "write 'date' and 'source', or null" }
	elseif sum and site.now - entry.date > YEAR then
		tell { id = "old", at = entry, message = "'" .. name .. "' of '" .. tostring(entry.key) .. "' is older than a year" }
	end
end

local function check (_, tell)
	local data = site.table(FILE)
	if not data then return end
	for _, region in ipairs(data.regions or {}) do check_sum(region, region.monthly, "monthly", tell) end
	for _, part in ipairs(data.parts or {}) do
		check_sum(part, part.amount, "amount", tell)
		if not WHEN[part.when] then
			tell { id = "when", severity = "error", at = part, message = "'when' of '" .. tostring(part.key) .. "' is '" .. tostring(part.when) .. "'", hint = "once, monthly, yearly or if_late" }
		end
	end
end

return { pages = pages, blocks = { [KEY] = block }, check = check }
