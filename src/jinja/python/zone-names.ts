/**
 * What the zone database calls the times of its zones. JavaScript knows offsets but not these
 * names; zones that are not listed are named by their offset, as most of the database is.
 */
const families = [
  'GMT,BST: Europe/London Europe/Belfast Europe/Jersey Europe/Guernsey Europe/Isle_of_Man GB',
  'GMT,IST: Europe/Dublin Eire',
  'WET,WEST: Europe/Lisbon Atlantic/Madeira Atlantic/Canary Atlantic/Faroe Portugal WET',
  'CET,CEST: Europe/Amsterdam Europe/Andorra Europe/Belgrade Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Budapest Europe/Busingen Europe/Copenhagen Europe/Gibraltar Europe/Ljubljana Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Monaco Europe/Oslo Europe/Paris Europe/Podgorica Europe/Prague Europe/Rome Europe/San_Marino Europe/Sarajevo Europe/Skopje Europe/Stockholm Europe/Tirane Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Warsaw Europe/Zagreb Europe/Zurich Africa/Ceuta Africa/Algiers Africa/Tunis Arctic/Longyearbyen Atlantic/Jan_Mayen CET MET Poland',
  'EET,EEST: Europe/Athens Europe/Bucharest Europe/Chisinau Europe/Helsinki Europe/Kiev Europe/Kyiv Europe/Mariehamn Europe/Riga Europe/Sofia Europe/Tallinn Europe/Vilnius Europe/Uzhgorod Europe/Zaporozhye Europe/Nicosia Asia/Nicosia Asia/Famagusta Asia/Beirut Asia/Gaza Asia/Hebron Africa/Cairo Africa/Tripoli Europe/Kaliningrad EET Egypt Libya',
  'MSK,MSD: Europe/Moscow Europe/Simferopol Europe/Kirov W-SU',
  'IST,IDT: Asia/Jerusalem Asia/Tel_Aviv Israel',
  'IST: Asia/Kolkata Asia/Calcutta',
  'PKT,PKST: Asia/Karachi',
  'WIB: Asia/Jakarta Asia/Pontianak',
  'WITA: Asia/Makassar',
  'WIT: Asia/Jayapura',
  'PST: Asia/Manila',
  'HKT,HKST: Asia/Hong_Kong Hongkong',
  'CST,CDT: Asia/Shanghai Asia/Chongqing Asia/Harbin Asia/Macau Asia/Taipei PRC ROC',
  'JST,JDT: Asia/Tokyo Japan',
  'KST,KDT: Asia/Seoul Asia/Pyongyang ROK',
  'SAST: Africa/Johannesburg Africa/Maseru Africa/Mbabane',
  'EAT: Africa/Nairobi Africa/Addis_Ababa Africa/Asmara Africa/Dar_es_Salaam Africa/Djibouti Africa/Kampala Africa/Mogadishu Indian/Antananarivo Indian/Comoro Indian/Mayotte',
  'CAT: Africa/Maputo Africa/Blantyre Africa/Bujumbura Africa/Gaborone Africa/Harare Africa/Kigali Africa/Lubumbashi Africa/Lusaka Africa/Khartoum Africa/Juba Africa/Windhoek',
  'WAT: Africa/Lagos Africa/Bangui Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Libreville Africa/Luanda Africa/Malabo Africa/Ndjamena Africa/Niamey Africa/Porto-Novo',
  'GMT: Africa/Abidjan Africa/Accra Africa/Bamako Africa/Banjul Africa/Bissau Africa/Conakry Africa/Dakar Africa/Freetown Africa/Lome Africa/Monrovia Africa/Nouakchott Africa/Ouagadougou Africa/Sao_Tome Atlantic/Reykjavik Atlantic/St_Helena America/Danmarkshavn Iceland Etc/GMT GMT Greenwich Etc/Greenwich',
  'UTC: UTC Etc/UTC Etc/UCT Etc/Universal Etc/Zulu UCT Universal Zulu',
  'NST,NDT: America/St_Johns Canada/Newfoundland',
  'AST,ADT: America/Halifax America/Glace_Bay America/Goose_Bay America/Moncton America/Thule Atlantic/Bermuda America/Puerto_Rico America/Barbados America/Martinique America/Santo_Domingo America/Port_of_Spain America/Curacao America/Aruba Canada/Atlantic',
  'EST,EDT: America/New_York America/Detroit America/Toronto America/Montreal America/Nassau America/Port-au-Prince America/Indiana/Indianapolis America/Indianapolis America/Fort_Wayne America/Kentucky/Louisville America/Louisville America/Kentucky/Monticello America/Grand_Turk America/Iqaluit America/Nipigon America/Thunder_Bay America/Jamaica America/Panama America/Cancun America/Cayman America/Atikokan US/Eastern US/Michigan US/East-Indiana Canada/Eastern EST5EDT EST Jamaica',
  'CST,CDT: America/Chicago America/Winnipeg America/Menominee America/Matamoros America/Indiana/Knox America/Indiana/Tell_City America/North_Dakota/Center America/North_Dakota/New_Salem America/North_Dakota/Beulah America/Rainy_River America/Rankin_Inlet America/Resolute America/Mexico_City America/Merida America/Monterrey America/Regina America/Swift_Current America/Costa_Rica America/El_Salvador America/Guatemala America/Managua America/Tegucigalpa America/Belize America/Havana America/Chihuahua US/Central Canada/Central Canada/Saskatchewan CST6CDT Mexico/General Cuba',
  'MST,MDT: America/Denver America/Boise America/Edmonton America/Yellowknife America/Inuvik America/Cambridge_Bay America/Ciudad_Juarez America/Ojinaga America/Phoenix America/Hermosillo America/Mazatlan America/Whitehorse America/Dawson America/Dawson_Creek America/Fort_Nelson America/Creston US/Mountain US/Arizona Canada/Mountain Canada/Yukon MST7MDT MST Navajo',
  'PST,PDT: America/Los_Angeles America/Vancouver America/Tijuana America/Ensenada US/Pacific Canada/Pacific PST8PDT',
  'AKST,AKDT: America/Anchorage America/Juneau America/Sitka America/Nome America/Yakutat America/Metlakatla US/Alaska',
  'HST,HDT: Pacific/Honolulu America/Adak America/Atka US/Hawaii US/Aleutian HST Pacific/Johnston',
  'SST: Pacific/Pago_Pago Pacific/Midway US/Samoa',
  'ChST: Pacific/Guam Pacific/Saipan',
  'AEST,AEDT: Australia/Sydney Australia/Melbourne Australia/Hobart Australia/Canberra Australia/ACT Australia/NSW Australia/Victoria Australia/Tasmania Australia/Brisbane Australia/Queensland Australia/Lindeman Antarctica/Macquarie',
  'ACST,ACDT: Australia/Adelaide Australia/South Australia/Broken_Hill Australia/Darwin Australia/North',
  'AWST,AWDT: Australia/Perth Australia/West',
  'NZST,NZDT: Pacific/Auckland Antarctica/McMurdo NZ',
]

const byZone: ReadonlyMap<string, readonly string[]> = new Map(
  families.flatMap(family => {
    const [names = '', zones = ''] = family.split(': ')
    return zones.split(' ').map(zone => [zone, names.split(',')] as const)
  }),
)

const offsetName = (minutes: number): string => {
  const size = Math.abs(minutes)
  const two = (value: number) => String(value).padStart(2, '0')
  const rest = size % 60 === 0 ? '' : two(size % 60)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${rest}`
}

/** The abbreviation of a zone's time with that offset, in daylight saving time or not. */
export const abbreviation = (zone: string, offsetMinutes: number, isDst: boolean): string => {
  const names = byZone.get(zone)
  return names?.[isDst ? 1 : 0] ?? offsetName(offsetMinutes)
}

/** Zone names of the database that JavaScript does not list, old and new ones. */
export const listedZones: readonly string[] = [...byZone.keys()]
