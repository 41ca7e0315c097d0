-- sample: offices from a YAML file, as a page in every language and as a block in any page. `rohnamo new plugin` copies it; change what you need.
local FILE = "plugins/sample/offices.yaml"

local function rows (code)
	local list = {}
	for office in each(site.yaml(FILE).offices) do
		list[#list + 1] = { text_of(office.city, code), office.phone or "", text_of(office.hours, code) }
	end
	table.sort(list, function (a, b) return a[1] < b[1] end)
	return list
end

-- Markdown of all offices; plain() lets any text stand as it is.
local function list (code)
	local lines = {}
	for i, row in ipairs(rows(code)) do
		lines[i] = "- **" .. plain(row[1]) .. "**: " .. plain(row[2]) .. " (" .. plain(row[3]) .. ")"
	end
	return table.concat(lines, "\n")
end

return {
	pages = function ()
		local made, data = {}, site.yaml(FILE)
		for language in each(site.languages) do
			made[#made + 1] = {
				key = "sample", lang = language.code, from = data,
				title = text_of(data.title, language.code),
				description = text_of(data.description, language.code),
				body = list(language.code) .. "\n",
			}
		end
		return made
	end,

	-- ```sample in a page's text
	blocks = { ["sample"] = function (_, _, page) return list(page.lang) end },

	check = function (_, tell)
		for office in each(site.yaml(FILE).offices) do
			if not office.phone then
				tell { message = "an office has no telephone number", at = office, id = "phone", hint = "Add phone: to it." }
			end
		end
	end,
}
